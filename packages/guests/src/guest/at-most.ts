import { TerminalError } from '@weft/connector-sdk';
import { exceedsBytes, type Json } from '@weft/json-schema';
import { maxResultBytes } from '../protocol.ts';

/** The same value, which the host has room for. @throws {TerminalError} for one that is too large. */
export function atMost<T>(value: T): T {
  // Results of connectors are JSON.
  if (!exceedsBytes(value as Json, maxResultBytes)) return value;
  throw new TerminalError(`This gave more than ${maxResultBytes >> 20} MB at once. Ask for less.`, { kind: 'unsupported' });
}
