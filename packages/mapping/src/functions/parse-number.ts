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
  const plain = decimalSign === undefined ? value.trim() : withoutThousands(value.trim(), decimalSign);
  const text = plain.startsWith('+') ? plain.slice(1) : plain;
  const short = shortNumber(text);
  if (short !== undefined) return short;
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

function withoutThousands(text: string, decimalSign: string): string {
  const separators = decimalSign === ',' ? /[.\s'’]/g : /[,\s'’]/g;
  return text.replaceAll(separators, '').replace(',', '.');
}
