export * from './journal.ts';
export * from './ports.ts';
export * from './substrate.ts';
export * from './memory/memory-store.ts';
export * from './memory/memory-substrate.ts';
