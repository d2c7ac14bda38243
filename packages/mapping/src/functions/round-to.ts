import { Decimal } from 'decimal.js';
import { MappingFault } from '../fault.ts';
import { Exact, outOf } from './decimal.ts';
import type { Numeric } from './define-function.ts';
import { say } from '../sentences.en.ts';

const modes: Readonly<Record<string, Decimal.Rounding>> = {
  'half-up': Decimal.ROUND_HALF_UP,
  'half-even': Decimal.ROUND_HALF_EVEN,
  up: Decimal.ROUND_UP,
  down: Decimal.ROUND_DOWN,
  ceil: Decimal.ROUND_CEIL,
  floor: Decimal.ROUND_FLOOR,
};

/** Negative `decimals` round to tens, hundreds and so on. */
export function roundTo(number: Numeric, decimals: number, mode: string): Numeric {
  const rounding = Object.hasOwn(modes, mode) ? modes[mode] : undefined;
  if (rounding === undefined) {
    throw new MappingFault('bad_argument', say('mapping.round.mode', { mode, modes: Object.keys(modes).join(', ') }), [mode]);
  }
  if (!Number.isInteger(decimals) || Math.abs(decimals) > 100) {
    throw new MappingFault('bad_argument', say('mapping.round.decimals'), [decimals]);
  }
  if (typeof number === 'number' && Number.isInteger(number) && decimals >= 0) return number;
  const value = new Exact(number);
  if (decimals >= 0) return outOf([number], value.toDecimalPlaces(decimals, rounding));
  const unit = new Exact(10).pow(-decimals);
  return outOf([number], value.dividedBy(unit).toDecimalPlaces(0, rounding).times(unit));
}
