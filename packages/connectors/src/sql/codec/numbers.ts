import type { JsonSchema } from '@weft/connector-sdk';
import { textOf, wholeNumber, type Codec } from './codec.ts';

const wholePattern = '^-?(?:0|[1-9][0-9]*)$';
const numberPattern = '^(?:[+-]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?|NaN|[+-]?Infinity)$';

/** Whole numbers that a JSON number always holds. */
export const smallWhole: Codec<string> = { read: Number, write: textOf, schema: { type: 'integer' }, keyOf: numberKey };

export const largeWholeSchema: JsonSchema = { type: ['integer', 'string'], pattern: wholePattern, examples: [4711] };

/** 64 bits: a number where that is exact, else its digits. */
export const largeWhole: Codec<string> = { read: wholeNumber, write: textOf, schema: largeWholeSchema, keyOf: numberKey };

export const anyNumberSchema: JsonSchema = { type: ['number', 'string'], pattern: numberPattern, examples: [19.9] };

/** Always its digits: a number would lose the scale of 19.990, and digits. */
export const decimal: Codec<string> = {
  read: (text) => text,
  write: textOf,
  schema: { type: 'string', pattern: numberPattern, examples: ['19.90'] },
  takes: anyNumberSchema,
  keyOf: numberKey,
};

/** The server writes the shortest digits that give the same number; JSON has no NaN and no Infinity, so they are texts. */
export const floating: Codec<string> = {
  read(text) {
    const number = Number(text);
    return Number.isFinite(number) ? number : text;
  },
  write: (value) => (Object.is(value, -0) ? '-0' : textOf(value)),
  schema: anyNumberSchema,
  keyOf: numberKey,
};

export const truth: Codec<string> = { read: (text) => text === 't', write: textOf, schema: { type: 'boolean' } };

/** A number without its spelling: 1, 01, 1.0 and 1e0 are one key. */
export function numberKey(text: string): string {
  const [, sign = '', whole = '', fraction = '', power = '0'] = /^\s*\+?(-?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?\s*$/.exec(text) ?? [];
  const digits = (whole + fraction).replace(/^0+/, '');
  const kept = digits.replace(/0+$/, '');
  if (kept === '') return whole + fraction === '' ? text : '0';
  return `${sign}${kept}e${Number(power) - fraction.length + digits.length - kept.length}`;
}
