import type { Json, JsonSchema } from '@weft/connector-sdk';
import { writeJson } from '@weft/connector-sdk/author';
import { bytesOf, bytesSchema } from './bytes.ts';
import { textOf, UnfitValue, wholeNumber, type Codec, type Held } from './codec.ts';
import { parsed } from './json.ts';
import { largeWholeSchema, numberKey } from './numbers.ts';
import { isPlainNumber, noNumber, quotedValue, staysWhole, tooManyDigits, wholePart } from './spelt-numbers.ts';

/** A value as JSON by how it is stored alone: what a result without a column's type has. */
export function plainValue(held: Held): Json {
  if (typeof held === 'bigint') return wholeNumber(held.toString());
  if (typeof held === 'number') return Number.isFinite(held) ? held : String(held);
  return typeof held === 'string' ? held : held.toString('base64');
}

/** Whole numbers as such, with the digits that JSON has, never as 4711.0, which a text column would keep; SQLite has no truth but 1 and 0. */
function stored(value: NonNullable<Json>): Held {
  if (typeof value === 'number') return Number.isInteger(value) && Math.abs(value) < 2 ** 63 ? BigInt(textOf(value)) : value;
  if (typeof value === 'boolean') return value ? 1n : 0n;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A value for a mark in a query, where no column says what it is. */
export const storedParameter = (value: Json | undefined): Held | null => (value === undefined || value === null ? null : stored(value));

const keyOf = (held: Held): string => (Buffer.isBuffer(held) ? held.toString('base64') : numberKey(String(held)));

const isInfinite = (value: NonNullable<Json>): value is string => typeof value === 'string' && /^[+-]?Infinity$/.test(value);

/** SQLite would keep any value in any column; a column of numbers gets numbers, and those that it does not change. */
function wholeOf(value: NonNullable<Json>): Held {
  if (typeof value === 'boolean') return value ? 1n : 0n;
  const digits = typeof value === 'number' ? (Number.isInteger(value) ? textOf(value) : undefined) : typeof value === 'string' ? wholePart(value) : undefined;
  if (digits === undefined) throw noNumber(value, 'whole numbers');
  const number = BigInt(digits);
  if (!is64Bits(number)) throw tooManyDigits(String(number));
  return number;
}

const numberOf =
  (isReal: boolean) =>
  (value: NonNullable<Json>): Held => {
    if (isInfinite(value)) return Number(value);
    if (typeof value === 'object' || (typeof value === 'string' && !isPlainNumber(value))) throw noNumber(value, 'numbers');
    if (typeof value !== 'string') return stored(value);
    const digits = wholePart(value);
    if (!isReal && digits !== undefined && is64Bits(BigInt(digits))) return BigInt(digits);
    if (!staysWhole(value, Number)) throw tooManyDigits(value);
    return stored(Number(value));
  };

const is64Bits = (number: bigint): boolean => BigInt.asIntN(64, number) === number;

function truthOf(value: NonNullable<Json>): Held {
  if (typeof value === 'boolean' || typeof value === 'number') return stored(value);
  const truth = typeof value === 'string' ? truths[value.trim().toLowerCase()] : undefined;
  if (truth === undefined) throw new UnfitValue(`holds true or false, and ${quotedValue(value)} is neither.`);
  return truth;
}

const truths: Readonly<Record<string, bigint>> = { true: 1n, false: 0n, '1': 1n, '0': 0n };

/** For a column that takes texts although SQLite keeps what looks like a number as one there: 00417 would be 417. */
function unchanged(value: NonNullable<Json>): Held {
  if (typeof value === 'string' && /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i.test(value) && !isExact(value)) {
    throw new UnfitValue(`keeps what looks like a number as one: “${value}” would become ${Number(value)}. Write it to a column that is declared as TEXT.`);
  }
  return isInfinite(value) ? Number(value) : stored(value);
}

const isExact = (text: string): boolean => /^-?[1-9]\d{0,17}$/.test(text) || String(Number(text)) === text;

const numbers: JsonSchema = {
  type: ['number', 'string'],
  pattern: '^\\s*-?(?:(?:0|[1-9][0-9]*)(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?\\s*$|^[+-]?Infinity$',
  examples: [19.9],
};

const anything: Codec = { read: plainValue, write: stored, schema: { type: ['string', 'number'] }, takes: { type: ['string', 'number', 'boolean'] } };
const whole: Codec = { read: plainValue, write: wholeOf, schema: largeWholeSchema, keyOf };
/** Other programs may have stored a text that is no number. */
const real: Codec = { read: plainValue, write: numberOf(true), schema: { type: ['number', 'string'], examples: [19.9] }, takes: numbers, keyOf };
const number: Codec = { ...real, write: numberOf(false) };
const text: Codec = { read: plainValue, write: textOf, schema: { type: 'string' }, takes: { type: ['string', 'number', 'boolean'] } };
const blob: Codec = { read: plainValue, write: bytesOf, schema: bytesSchema };
/** SQLite knows no dates: such columns hold texts, seconds or days, depending on the writer. It knows no STRING, UUID or POINT either. */
const loose: Codec = { read: plainValue, write: unchanged, schema: { type: ['string', 'number'] }, keyOf };
const truth: Codec = { read: (held) => (held === 1n ? true : held === 0n ? false : plainValue(held)), write: truthOf, schema: { type: 'boolean' } };

/** JSON is text in SQLite. Text that is not JSON is read as text. */
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
  write: writeJson,
  schema: {},
  ofNull: 'null',
};

/** The first that is found in the declared type decides. Where SQLite makes numbers of what looks like one, only a type that means numbers refuses the rest. */
const byWord: readonly (readonly [RegExp, Codec])[] = [
  [/^bool/, truth],
  [/^json/, json],
  [/^(?:date|time)/, loose],
  [/\b(?:tiny|small|medium|big)?int(?:eger|\d)?\b/, whole],
  [/int/, loose],
  [/char|clob|text/, text],
  // SQLite knows no word for bytes but BLOB; other programs write those of other databases.
  [/blob|binary|bytea/, blob],
  [/real|floa|doub/, real],
  [/\b(?:num(?:ber|eric)?|dec(?:imal)?|fixed|money|currency)\b/, number],
  [/^$/, anything],
];

/**
 * The codec of a column of SQLite, by its declared type.
 * @param type - as declared, in any case; empty for none.
 * @see https://www.sqlite.org/datatype3.html#determination_of_column_affinity
 */
export function sqliteCodec(type: string): Codec {
  const name = type.toLowerCase();
  return byWord.find(([word]) => word.test(name))?.[1] ?? loose;
}

/** For a column that Weft made: its type follows from the first rows alone, so it takes any later value that it does not change. */
export function ownCodec(type: string): Codec {
  const codec = sqliteCodec(type);
  return codec === whole || codec === number || codec === truth ? { ...codec, write: unchanged } : codec;
}
