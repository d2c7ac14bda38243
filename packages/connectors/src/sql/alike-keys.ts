import type { Json } from '@weft/connector-sdk';
import { numberKey } from './codec/numbers.ts';
import { keyRepeats } from './refusals.ts';

/**
 * How many rows of a page may go out together, so that the next page can begin behind the last one's key: rows with one key are never
 * parted, or those behind the cut would be lost.
 * @param keys - of the rows in their order; the last one only shows where the one before it ends.
 * @throws {InputError} where all of them have one key.
 */
export function wholeKeys(keys: readonly Json[], column: string): number {
  const last = keys.length - 1;
  let count = last;
  while (count > 0 && mayBeAlike(keys[count - 1] ?? null, keys[last] ?? null)) count -= 1;
  if (count === 0) throw keyRepeats(column, last);
  return count;
}

/** Whether a database could hold two keys to be equal: some collations look at neither capitals nor blanks at the end. Too often does no harm. */
function mayBeAlike(one: Json, other: Json): boolean {
  if (one === other) return true;
  const [a, b] = [textOf(one), textOf(other)];
  return a === b || numberKey(a) === numberKey(b);
}

const textOf = (key: Json): string => (typeof key === 'string' ? key : JSON.stringify(key)).trimEnd().toLowerCase();
