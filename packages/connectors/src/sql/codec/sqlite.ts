import type { Json } from '@weft/connector-sdk';
import { bytesOf, bytesSchema } from './bytes.ts';
import { textOf, UnfitValue, wholeNumber, type Codec, type Held } from './codec.ts';
import { parsed } from './json.ts';
import { largeWholeSchema, numberKey } from './numbers.ts';

/** A value as JSON by how it is stored alone: what a result without a column's type has. */
export function plainValue(held: Held): Json {
  if (typeof held === 'bigint') return wholeNumber(held.toString());
  if (typeof held === 'number') return Number.isFinite(held) ? held : String(held);
  return typeof held === 'string' ? held : held.toString('base64');
}

/** Whole numbers as such, never as 4711.0, which a text column would keep; SQLite has no truth but 1 and 0. */
function stored(value: NonNullable<Json>): Held {
  if (typeof value === 'number') return Number.isInteger(value) && Math.abs(value) < 2 ** 63 ? BigInt(value) : value;
  if (typeof value === 'boolean') return value ? 1n : 0n;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A value for a mark in a query, where no column says what it is. */
export const storedParameter = (value: Json | undefined): Held | null => (value === undefined || value === null ? null : stored(value));

/** A column of numbers takes a text that is one as a number by itself; only this one it does not know. */
const storedNumber = (value: NonNullable<Json>): Held => (typeof value === 'string' && /^[+-]?Infinity$/.test(value) ? Number(value) : stored(value));

const keyOf = (held: Held): string => (Buffer.isBuffer(held) ? held.toString('base64') : numberKey(String(held)));

const anything: Codec = { read: plainValue, write: stored, schema: { type: ['string', 'number'] }, takes: { type: ['string', 'number', 'boolean'] } };
const whole: Codec = { read: plainValue, write: stored, schema: largeWholeSchema, keyOf };
/** A text that is no number stays one in SQLite. */
const number: Codec = { read: plainValue, write: storedNumber, schema: { type: ['number', 'string'], examples: [19.9] }, keyOf };
const text: Codec = { read: plainValue, write: textOf, schema: { type: 'string' }, takes: { type: ['string', 'number', 'boolean'] } };
const blob: Codec = { read: plainValue, write: bytesOf, schema: bytesSchema };
/** SQLite knows no dates: such columns hold texts, seconds or days, as whoever fills them likes. */
const moment: Codec = { read: plainValue, write: stored, schema: { type: ['string', 'number'] } };
const truth: Codec = { read: (held) => (held === 1n ? true : held === 0n ? false : plainValue(held)), write: stored, schema: { type: 'boolean' } };

/** JSON is text in SQLite. What somebody else stored there that is none is read as it stands. */
const json: Codec = {
  read(held) {
    if (typeof held !== 'string') return plainValue(held);
    try {
      return parsed(held);
    } catch (error) {
      if (error instanceof UnfitValue) return held;
      throw error;
    }
  },
  write: (value) => JSON.stringify(value),
  schema: {},
  ofNull: 'null',
};

/** The first that is found in the declared type decides; the last five as SQLite itself goes by. */
const byWord: readonly (readonly [RegExp, Codec])[] = [
  [/^bool/, truth],
  [/^json/, json],
  [/^(?:date|time)/, moment],
  [/int/, whole],
  [/char|clob|text/, text],
  [/blob/, blob],
  [/real|floa|doub/, number],
  [/^$/, anything],
];

/**
 * The codec of a column of SQLite, by its declared type.
 * @param type - as declared, in any case; empty for none.
 * @see https://www.sqlite.org/datatype3.html#determination_of_column_affinity
 */
export function sqliteCodec(type: string): Codec {
  const name = type.toLowerCase();
  return byWord.find(([word]) => word.test(name))?.[1] ?? number;
}

/**
 * For a column that Weft made: its type follows from the first rows alone. A later text that only looks like a number, such as
 * 00417, would be stored as one, so it is refused.
 */
export function exactCodec(type: string): Codec {
  const codec = sqliteCodec(type);
  if (codec !== whole && codec !== number && codec !== truth) return codec;
  return {
    ...codec,
    write(value) {
      if (typeof value === 'string' && /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i.test(value) && !isExact(value)) {
        throw new UnfitValue(`holds numbers: “${value}” would become ${Number(value)}. Make the table anew with a text column, or write to another one.`);
      }
      return codec.write(value);
    },
  };
}

const isExact = (text: string): boolean => /^-?[1-9]\d{0,17}$/.test(text) || String(Number(text)) === text;
