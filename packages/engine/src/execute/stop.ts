import type { StepOf } from '@weft/flow';
import type { MomentOf, StepEnd } from '../run/run-state.ts';
import { named, say } from '../sentences.en.ts';
import { goesOn, type Executor } from './executor.ts';
import { record } from './record.ts';
import { resumedInPlace } from './resumed.ts';

export interface StopWork {
  kind: 'stop';
  outcome: 'succeeded' | 'failed';
  message?: string;
}

/** Ends the whole run, from inside a loop too. */
export const stop: Executor<StepOf<'stop'>, StopWork> = {
  plan: ({ outcome = 'succeeded', message }) => ({ kind: 'stop', outcome, message: message || undefined }),
  execute(moment) {
    const { state, frame, stepKey } = moment;
    record(state, frame, { stepKey, attempt: 1, kind: 'succeeded' });
    return end(moment);
  },
  resume: (moment, entry) => (entry.kind === 'succeeded' ? end(moment) : resumedInPlace(moment, entry)),
  portOfPin: goesOn,
};

function end({ work, step, stepKey }: MomentOf<StopWork>): StepEnd {
  if (work.outcome === 'succeeded') return { kind: 'stopped', outcome: { status: 'succeeded' } };
  const said = work.message === undefined ? say('run.stopped', { step: named(step.title) }) : { message: work.message };
  return { kind: 'stopped', outcome: { status: 'failed', error: { kind: 'unknown', ...said, stepKey } } };
}
