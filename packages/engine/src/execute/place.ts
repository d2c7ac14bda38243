import type { MappingContext } from '@weft/mapping';
import type { Moment } from '../run/run-state.ts';
import { keyOwner } from '../substrate.ts';

/** Where a mapping or an expression is worked out: what it knows beside its sources, and whose error it is. */
export interface Place extends MappingContext {
  readonly stepKey: string;
}

export function placeOf({ state, stepKey, now }: Pick<Moment, 'state' | 'stepKey' | 'now'>): Place {
  const { timezone } = state.plan;
  return { stepKey, now: new Date(now), seed: `${keyOwner(state.run)}:${stepKey}`, timezone };
}
