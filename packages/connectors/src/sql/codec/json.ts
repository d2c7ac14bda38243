import type { Json } from '@weft/connector-sdk';
import { JsonTextError, parseJsonWithLimits, writeJson } from '@weft/connector-sdk/author';
import { UnfitValue, type Codec } from './codec.ts';

/**
 * Any JSON. A number that would lose digits becomes a text, as in every JSON that Weft reads; a text is written as JSON's text, but where a mapping
 * made a number of it.
 */
export const json: Codec<string> = { read: parsed, write: writeJson, schema: {}, ofNull: 'null' };

/** @throws {UnfitValue} for a text that is no JSON, or has a field that Weft does not accept. */
export function parsed(text: string): Json {
  try {
    return parseJsonWithLimits(text, { maxBytes: Number.POSITIVE_INFINITY, maxDepth: Number.POSITIVE_INFINITY });
  } catch (error) {
    if (!(error instanceof JsonTextError)) throw error;
    throw new UnfitValue(`cannot be read as JSON. ${error.message}`, { cause: error });
  }
}
