import type { MappingContext } from '@weft/mapping';
import type { WorkedOut } from '../run/patience.ts';
import type { Moment } from '../run/run-state.ts';
import { keyOwner } from '../substrate.ts';

/** The context of a mapping or an expression: the moment, the seed and the time zone, and the step of its errors. */
export interface Place extends MappingContext {
  readonly stepKey: string;
  /** What its mapping and its expressions give, where that was worked out before: see `Patience`. */
  readonly later?: WorkedOut;
}

export function placeOf({ state, stepKey, now, later }: Pick<Moment, 'state' | 'stepKey' | 'now' | 'later'>): Place {
  const { timezone } = state.plan;
  const { turn } = state.services.patience;
  return { stepKey, now: new Date(now), seed: `${keyOwner(state.run)}:${stepKey}`, timezone, turn, later };
}

/** The same for an expression at the beginning of a step, which is begun anew where its turn is over. */
export const anew = (moment: Parameters<typeof placeOf>[0]): Place => ({ ...placeOf(moment), mayBeginAnew: true });
