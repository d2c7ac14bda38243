export * from './json.ts';
export * from './path.ts';
export * from './schema.ts';
export * from './validator.ts';
