import type { Json, JsonSchema } from '@weft/connector-sdk';
import { UnfitValue, type Codec } from './codec.ts';

export const bytesSchema: JsonSchema = { type: 'string', contentEncoding: 'base64', examples: ['AP8='] };

/** Bytes are base64 as JSON; the server writes them as `\x00ff`, and that is taken, too. */
export const bytes: Codec<string> = {
  read: (text) => Buffer.from(text.slice(2), 'hex').toString('base64'),
  write: (value) => (typeof value === 'string' && /^\\x[0-9a-f]*$/i.test(value) ? value : `\\x${bytesOf(value).toString('hex')}`),
  schema: bytesSchema,
};

/** @throws {UnfitValue} for what is not base64: guessed bytes would be stored without a word. */
export function bytesOf(value: Json): Buffer {
  if (typeof value !== 'string' || value.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(value)) {
    throw new UnfitValue('holds bytes: give them as base64, such as AP8=.');
  }
  return Buffer.from(value, 'base64');
}
