export * from './answers.ts';
export * from './auth.ts';
export * from './define-connector.ts';
export * from './define-operation.ts';
export * from './define-polling-trigger.ts';
export * from './define-source.ts';
export * from './failures.ts';
export * from './parts.ts';
export { JsonTextError, parseJsonWithLimits } from '@weft/json-schema';
