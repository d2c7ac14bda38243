export { allowedLineProblem } from './allow-list.ts';
export { CodingError, codingsOf, type Decode, unpack } from './codings.ts';
export * from './create-egress.ts';
export type { ExceptedOrigin } from './http-client.ts';
export { createPieces, type Pieces } from './pieces.ts';
export { RefusedAddress, settingName } from './refused-address.ts';
export type { PinnedAddress, Resolver } from './resolve-host.ts';
