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
 * @throws {MappingFault} for values of two kinds, and for numbers and dates that are written in another way.
 * @returns less than, equal to or more than zero.
 */
export function order(left: Value, right: Value): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  if (isNumeric(left) && isNumeric(right)) return compare(left, right);
  if (typeof left === 'string' && typeof right === 'string') {
    if (isMoment(left) && isMoment(right)) return compareTimes(parseIso(left), parseIso(right));
    requireLetters(left);
    requireLetters(right);
    return left < right ? -1 : Number(left > right);
  }
  throw new MappingFault('wrong_type', say('mapping.compare.kinds', { left: kindPartFirst(left), right: kindPart(right) }), [left ?? null, right ?? null]);
}

/**
 * By its letters 1.234,50 would be less than 99,00, and 01.12.2026 less than 15.11.2026: what people wrote as a number or a date is read first.
 * @throws {MappingFault}
 */
function requireLetters(text: string): void {
  if (text.length > 40) return;
  if (numberWithComma.test(text)) throw new MappingFault('not_a_number', say('mapping.number.none', { text }), [text]);
  if (dayFirst.test(text)) throw new MappingFault('not_a_date', say('mapping.date.none', { text }), [text]);
}

const numberWithComma = /^\s*[-+−]?(?:\d[\d.\s'’]*,\d+|\d{1,3}(?:,\d{3})+(?:\.\d+)?)\s*[-−]?\s*$/;
const dayFirst = /^\s*\d{1,2}([./-])\d{1,2}\1(?:\d{4}|\d\d)(?:$|[ T,])/;

function isNumeric(value: Value): value is number | string {
  return typeof value === 'number' || (typeof value === 'string' && isDecimalText(value));
}

function isMoment(value: string): boolean {
  return isDate(value) || isDateTime(value);
}
