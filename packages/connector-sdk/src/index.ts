export type { Json, JsonObject, JsonSchema, Path } from '@weft/json-schema';
export * from './descriptor.ts';
export * from './errors.ts';
export * from './header-problem.ts';
export * from './mask.ts';
export * from './runtime.ts';
export * from './summary.ts';
export * from './trigger-contract.ts';
export * from './trigger-settings.ts';
