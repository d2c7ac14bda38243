import type { SentenceRef } from '@weft/sentences';
import { part } from '../sentences.en.ts';

/**
 * How a source fits a target. `never` is proved: no value fits. `unlikely` means that only degenerate values do
 * (an empty list, an object without the field); people are told no, proofs must not rely on it.
 */
export interface Fit {
  fit: 'yes' | 'maybe' | 'unlikely' | 'never';
  concern?: SentenceRef;
}

const order = ['yes', 'maybe', 'unlikely', 'never'] as const;

/**
 * Several cases or several demands together. Cases (the default): all must fit, and only if none can is the whole
 * impossible. A conjunction: one impossible demand makes the whole impossible.
 */
export function all(fits: readonly Fit[], mode: 'cases' | 'conjunction' = 'cases'): Fit {
  const ranks = fits.map(({ fit }) => order.indexOf(fit));
  const worst = Math.max(0, ...ranks);
  if (worst === 0) return { fit: 'yes' };
  const { concern } = fits[ranks.indexOf(worst)] ?? {};
  const best = Math.min(...ranks);
  const rank = mode === 'conjunction' || best >= order.indexOf('unlikely') ? (mode === 'conjunction' ? worst : best) : 1;
  return { fit: order[rank] ?? 'maybe', concern };
}

/** One of several is enough. */
export function any(fits: readonly Fit[]): Fit {
  const ranks = fits.map(({ fit }) => order.indexOf(fit));
  const best = fits.length === 0 ? undefined : fits[ranks.indexOf(Math.min(...ranks))];
  return best ?? { fit: 'never', concern: part('schema.fit.noForm') };
}
