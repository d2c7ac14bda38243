import type { MappingContext } from '@weft/mapping';
import type { MappedLater } from '../run/patience.ts';
import type { Moment } from '../run/run-state.ts';
import { keyOwner } from '../substrate.ts';

/** The context of a mapping or an expression: the moment, the seed and the time zone, and the step of its errors. */
export interface Place extends MappingContext {
  readonly stepKey: string;
  /** What its mapping gives, where that was worked out before: see `Patience`. */
  readonly mapped?: MappedLater;
}

export function placeOf({ state, stepKey, now, mapped }: Pick<Moment, 'state' | 'stepKey' | 'now' | 'mapped'>): Place {
  const { timezone } = state.plan;
  const { turn } = state.services.patience;
  return { stepKey, now: new Date(now), seed: `${keyOwner(state.run)}:${stepKey}`, timezone, turn, mapped };
}
