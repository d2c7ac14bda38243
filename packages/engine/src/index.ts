export * from './journal.ts';
export * from './ports.ts';
export * from './substrate.ts';
export * from './memory/memory-store.ts';
export * from './memory/memory-substrate.ts';
export { createEngine } from './engine.ts';
export { retryDelay } from './execute/retry-delay.ts';
export { Interrupted } from './run/interrupted.ts';
export { planReplay, type NoReplay, type ReplayEffect, type ReplayPlan, type ReplayRequest } from './replay/plan-replay.ts';
