import type { JsonSchema } from '@weft/connector-sdk';
import { textOf, wholeNumber, type Codec } from './codec.ts';
import { doubleText, floatText, numberText, wholeText } from './spelt-numbers.ts';

const wholePattern = '^-?(?:0|[1-9][0-9]*)$';
const numberPattern = '^(?:[+-]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?|NaN|[+-]?Infinity)$';

/** Whole numbers that a JSON number always holds. */
export const smallWhole = (from: number, to: number): Codec<string> => ({
  read: Number,
  write: wholeText(BigInt(from), BigInt(to)),
  schema: { type: 'integer' },
  keyOf: numberKey,
});

export const largeWholeSchema: JsonSchema = { type: ['integer', 'string'], pattern: wholePattern, examples: [4711] };

/** 64 bits: a number where that is exact, else its digits. */
export const largeWhole: Codec<string> = { read: wholeNumber, write: wholeText(-(2n ** 63n), 2n ** 63n - 1n), schema: largeWholeSchema, keyOf: numberKey };

export const anyNumberSchema: JsonSchema = { type: ['number', 'string'], pattern: numberPattern, examples: [19.9] };

/** Always its digits: a number would lose the scale of 19.990, and digits. */
export const decimal: Codec<string> = {
  read: (text) => text,
  write: numberText,
  schema: { type: 'string', pattern: numberPattern, examples: ['19.90'] },
  takes: anyNumberSchema,
  keyOf: numberKey,
};

/** The server writes the shortest digits that give the same number; JSON has no NaN and no Infinity, so they are texts. */
const floating: Pick<Codec<string>, 'read' | 'schema' | 'keyOf'> = {
  read(text) {
    const number = Number(text);
    return Number.isFinite(number) ? number : text;
  },
  schema: anyNumberSchema,
  keyOf: numberKey,
};

export const double: Codec<string> = { ...floating, write: doubleText };

export const float: Codec<string> = { ...floating, write: floatText };

export const truth: Codec<string> = { read: (text) => text === 't', write: textOf, schema: { type: 'boolean' } };

/** A number without its spelling: 1, 01, 1.0 and 1e0 are one key. */
export function numberKey(text: string): string {
  const [, sign = '', whole = '', fraction = '', power = '0'] = /^\s*\+?(-?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?\s*$/.exec(text) ?? [];
  const digits = (whole + fraction).replace(/^0+/, '');
  const kept = digits.replace(/0+$/, '');
  if (kept === '') return whole + fraction === '' ? text : '0';
  return `${sign}${kept}e${Number(power) - fraction.length + digits.length - kept.length}`;
}
