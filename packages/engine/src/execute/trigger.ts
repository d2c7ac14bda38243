import type { Executor } from '../run/run-state.ts';
import { drift } from './drift.ts';
import { done } from './record.ts';

/** What started the run is the trigger's output. */
export const trigger: Executor<'trigger'> = (moment) => {
  const { payload } = moment.state.run;
  return done(moment, { output: payload, ...drift(moment, payload, moment.work.learned) });
};
