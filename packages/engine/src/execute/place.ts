import type { MappingContext } from '@weft/mapping';
import type { Moment } from '../run/run-state.ts';
import { keyOwner } from '../substrate.ts';

/** The context of a mapping or an expression: the moment, the seed and the time zone, and the step of its errors. */
export interface Place extends MappingContext {
  readonly stepKey: string;
}

export function placeOf({ state, stepKey, now }: Pick<Moment, 'state' | 'stepKey' | 'now'>): Place {
  const { timezone } = state.plan;
  return { stepKey, now: new Date(now), seed: `${keyOwner(state.run)}:${stepKey}`, timezone };
}
