export type * from './behaviour.ts';
export * from './hosts.ts';
export * from '../way-out.ts';
export { authKinds } from './kinds.ts';
export * from './lend-connection.ts';
export { secretFields } from './marked-secrets.ts';
export { longestFirst, secretsOf } from './secrets.ts';
