import { MappingFault } from '../fault.ts';
import type { Value } from '../run.ts';
import { Exact } from './decimal.ts';
import type { Numeric } from './define-function.ts';
import { isDecimalText, kindPart, shorten } from './read-argument.ts';
import { say } from '../sentences.en.ts';

/**
 * A number from what a person or a program wrote; where it has more digits than a number can keep, a text of just its digits.
 * @throws {MappingFault} where it is not a number.
 */
export function parseNumber(value: Value, decimalSign: string | undefined): Numeric {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') throw new MappingFault('wrong_type', say('mapping.number.unreadable', { kind: kindPart(value) }), [value ?? null]);
  const written = value.trim();
  const plain = decimalSign === undefined ? written : withoutThousands(signInFront(written), decimalSign, value);
  const short = shortNumber(plain);
  if (short !== undefined) return short;
  const text = signInFront(plain);
  if (!isDecimalText(text)) throw new MappingFault('not_a_number', say('mapping.number.notRead', { text: shorten(value) }), [value]);
  const number = Number(text);
  if (Number.isFinite(number) && new Exact(number).equals(text)) return number;
  return text.replace(/^(-?)0+(?=\d)/, '$1');
}

const MINUS = 45;
const POINT = 46;
const ZERO = 48;
const NINE = 57;

/**
 * What nearly all numbers look like: at most 15 digits with a point or without. Digits and power of ten are then exact, so their
 * quotient is the very number that is nearest to the text; reading it any other way costs several times as much.
 * @returns undefined where that is not enough to decide.
 */
function shortNumber(text: string): number | undefined {
  const { length } = text;
  const begin = text.charCodeAt(0) === MINUS ? 1 : 0;
  if (length > 15 || length === begin) return undefined;
  let digits = 0;
  let power = 0;
  for (let at = begin; at < length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= ZERO && code <= NINE) {
      digits = digits * 10 + (code - ZERO);
      power *= 10;
    } else if (code === POINT && power === 0 && at > begin && at < length - 1) power = 1;
    else return undefined;
  }
  const size = power > 1 ? digits / power : digits;
  return begin === 1 ? -size : size;
}

/** Accounting programs write the minus behind the number; typesetters write another one. A plus says nothing. */
function signInFront(text: string): string {
  const last = text.at(-1);
  if (last === '-' || last === '−') return /^[\d.,'’\s]+$/.test(text.slice(0, -1)) ? `-${text.slice(0, -1).trimEnd()}` : text;
  const first = text[0];
  if (first === '−') return `-${text.slice(1).trimStart()}`;
  return first === '+' ? text.slice(1) : text;
}

/**
 * @param decimalSign - what stands before the decimals; the other of point and comma, blanks and apostrophes separate thousands.
 * @throws {MappingFault} where they stand anywhere else: 25.00 is not 2500 because somebody said that a comma stands before the decimals.
 */
function withoutThousands(text: string, decimalSign: string, value: string): string {
  const [, sign = '', whole = '', rest = ''] = (decimalSign === ',' ? commaDecimals : pointDecimals).exec(text) ?? [];
  const [first = '', ...groups] = whole.split(/[.,\s'’]/);
  if (groups.length === 0) return `${sign}${first}${rest.replace(',', '.')}` || text;
  const signs = whole.replaceAll(/\d/g, '').replaceAll(/\s/g, ' ').replaceAll('’', "'");
  // India separates thousands, and then hundreds.
  const areThousands = /^\d{1,3}$/.test(first) && groups.at(-1)?.length === 3 && groups.every((digits) => /^\d{2,3}$/.test(digits)) && new Set(signs).size === 1;
  if (!areThousands) throw new MappingFault('not_a_number', say('mapping.number.thousands', { text: shorten(value), sign: decimalSign }), [value]);
  return `${sign}${first}${groups.join('')}${rest.replace(',', '.')}`;
}

const commaDecimals = /^(-?)\s*([\d.\s'’]*)((?:,\d*)?(?:[eE][+-]?\d+)?)$/;
const pointDecimals = /^(-?)\s*([\d,\s'’]*)((?:\.\d*)?(?:[eE][+-]?\d+)?)$/;
