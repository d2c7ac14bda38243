import { Decimal } from 'decimal.js';
import { MappingFault } from '../fault.ts';
import type { Numeric } from './define-function.ts';
import { maxDecimalLength } from './read-argument.ts';
import { say } from '../sentences.en.ts';

/** Forty digits, half-up. Results are exact wherever they fit. */
export const Exact = Decimal.clone({ precision: 40, rounding: Decimal.ROUND_HALF_UP, toExpNeg: -200, toExpPos: 200 });

export function add(left: Numeric, right: Numeric): Numeric {
  if (typeof left === 'number' && typeof right === 'number') {
    const scale = Math.max(scaleOf(left), scaleOf(right));
    if (scale >= 0 && scale <= maxScale) {
      const power = powers[scale] ?? 1;
      const one = Math.round(left * power);
      const other = Math.round(right * power);
      if (isSafe(one) && isSafe(other) && isSafe(one + other)) return (one + other) / power;
    }
  }
  return outOf([left, right], new Exact(left).plus(right));
}

export function subtract(left: Numeric, right: Numeric): Numeric {
  return typeof right === 'number' ? add(left, -right) : outOf([left, right], new Exact(left).minus(right));
}

export function multiply(left: Numeric, right: Numeric): Numeric {
  if (typeof left === 'number' && typeof right === 'number') {
    const leftScale = scaleOf(left);
    const rightScale = scaleOf(right);
    if (leftScale <= maxScale && rightScale <= maxScale) {
      const product = Math.round(left * (powers[leftScale] ?? 1)) * Math.round(right * (powers[rightScale] ?? 1));
      // `+ 0` because a product of -0 would be written as 0 and compared as -0.
      if (isSafe(product)) return product / (powers[leftScale + rightScale] ?? 1) + 0;
    }
  }
  return outOf([left, right], new Exact(left).times(right));
}

export function divide(left: Numeric, right: Numeric): Numeric {
  if (Number(right) === 0) throw new MappingFault('division_by_zero', say('mapping.number.byZero'), [left, right]);
  return outOf([left, right], new Exact(left).dividedBy(right));
}

export function modulo(left: Numeric, right: Numeric): Numeric {
  if (Number(right) === 0) throw new MappingFault('division_by_zero', say('mapping.number.byZero'), [left, right]);
  return outOf([left, right], new Exact(left).modulo(right));
}

export function compare(left: Numeric, right: Numeric): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return new Exact(left).comparedTo(right);
}

/** Numbers in, number out; any decimal text in, decimal text out. */
export function outOf(inputs: readonly Numeric[], result: Decimal): Numeric {
  if (!result.isFinite()) throw new MappingFault('out_of_range', say('mapping.number.tooLarge'), inputs);
  if (inputs.some((input) => typeof input === 'string')) {
    const text = result.toFixed();
    if (text.length > maxDecimalLength) throw new MappingFault('out_of_range', say('mapping.number.tooLong'), inputs);
    return text;
  }
  const number = Number(result.toString());
  if (!Number.isFinite(number)) throw new MappingFault('out_of_range', say('mapping.number.tooLarge'), inputs);
  return number;
}

const isSafe = (whole: number): boolean => whole <= Number.MAX_SAFE_INTEGER && whole >= -Number.MAX_SAFE_INTEGER;

const maxScale = 6;
const powers = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12];

/**
 * How many decimals a number was written with, if at most six: then it is a whole number over a power of ten, and
 * computing on those whole numbers is exact, at a twentieth of the cost of the general way.
 * @returns 7 when there are more, or when the whole number would not be exact.
 */
function scaleOf(value: number): number {
  for (let scale = 0; scale <= maxScale; scale += 1) {
    const power = powers[scale] ?? 1;
    const whole = Math.round(value * power);
    if (!isSafe(whole)) return maxScale + 1;
    if (whole / power === value) return scale;
  }
  return maxScale + 1;
}
