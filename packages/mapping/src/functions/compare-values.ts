import { equal, isDate, isDateTime } from '@weft/json-schema';
import { MappingFault } from '../fault.ts';
import type { Value } from '../run.ts';
import { compare } from './decimal.ts';
import { compareTimes, parseIso } from './iso-time.ts';
import { isDecimalText, kindPart, kindPartFirst } from './read-argument.ts';
import { say } from '../sentences.en.ts';

/**
 * Whether two values are the same. A number equals a text of the same number, because much of what comes over the
 * web writes numbers as text. Null and missing are alike.
 */
export function isSame(left: Value, right: Value): boolean {
  if (left === right) return true;
  if (typeof left === 'number' && typeof right === 'string') return isDecimalText(right) && compare(left, right) === 0;
  if (typeof left === 'string' && typeof right === 'number') return isDecimalText(left) && compare(left, right) === 0;
  return equal(left ?? null, right ?? null);
}

/**
 * Which of two numbers, dates or moments is greater; texts of other kinds are compared by their letters.
 * @returns less than, equal to or more than zero.
 */
export function order(left: Value, right: Value): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  if (isNumeric(left) && isNumeric(right)) return compare(left, right);
  if (typeof left === 'string' && typeof right === 'string') {
    if (isMoment(left) && isMoment(right)) return compareTimes(parseIso(left), parseIso(right));
    return left < right ? -1 : Number(left > right);
  }
  throw new MappingFault('wrong_type', say('mapping.compare.kinds', { left: kindPartFirst(left), right: kindPart(right) }), [left ?? null, right ?? null]);
}

function isNumeric(value: Value): value is number | string {
  return typeof value === 'number' || (typeof value === 'string' && isDecimalText(value));
}

function isMoment(value: string): boolean {
  return isDate(value) || isDateTime(value);
}
