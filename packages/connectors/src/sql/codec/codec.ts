import type { Json, JsonSchema, Path } from '@weft/connector-sdk';

/** A value as a database holds it: the text that PostgreSQL's server gives and takes, or one of SQLite's storage classes. */
export type Held = string | number | bigint | Buffer;

/**
 * How the values of one type of column look as JSON, in both directions. Pure: neither driver nor connection, process nor time
 * zone have a say. What is read and written again is the same value in the database.
 */
export interface Codec<H extends Held = Held> {
  /** @throws {UnfitValue} for what JSON in Weft cannot say. */
  read(held: H): Json;
  /**
   * @param exact - places inside the value where a text stands for a number that has more digits; only JSON has places for them.
   * @throws {UnfitValue} for a value that the column would change or could not hold; most are left for the database to judge.
   */
  write(value: NonNullable<Json>, exact?: readonly Path[]): H;
  /** What it reads as. */
  schema: JsonSchema;
  /** What may be written, where that is more. */
  takes?: JsonSchema;
  /** What is written for null where the column may not be empty. */
  ofNull?: H;
  /** The same for values that the database holds to be equal though they are spelt differently. Default: as it is held. */
  keyOf?(held: H): string;
}

/** A value that does not fit its column. The message goes on behind the column's name: `needs …`. */
export class UnfitValue extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'UnfitValue';
  }
}

/** The same schema for a place that may also be empty. */
export function orNull(schema: JsonSchema): JsonSchema {
  if (schema.type === undefined) return schema;
  return { ...schema, type: [...new Set([schema.type].flat()), 'null'] };
}

/** Any value as a text: numbers without exponent where they are whole, lists and objects as JSON. */
export function textOf(value: NonNullable<Json>): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return digitsOf(value);
  return typeof value === 'boolean' ? String(value) : JSON.stringify(value);
}

function digitsOf(value: number): string {
  return Number.isInteger(value) && Math.abs(value) >= 1e21 ? BigInt(value).toString() : String(value);
}

/** As a number where that is exact, else as its digits: the rule for whole numbers all over Weft. */
export function wholeNumber(digits: string): number | string {
  const number = Number(digits);
  return Number.isSafeInteger(number) ? number : digits;
}
