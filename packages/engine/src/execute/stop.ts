import type { RunError } from '../journal.ts';
import type { Executor } from '../run/run-state.ts';
import { record } from './record.ts';

/** Ends the whole run, from inside a loop too. */
export const stop: Executor<'stop'> = ({ state, frame, work, step, stepKey }) => {
  record(state, frame, { stepKey, attempt: 1, kind: 'succeeded' });
  if (work.outcome === 'succeeded') return { kind: 'stopped', outcome: { status: 'succeeded' } };
  const error: RunError = { kind: 'unknown', message: work.message ?? `The flow stopped at “${step.title}”.`, stepKey };
  return { kind: 'stopped', outcome: { status: 'failed', error } };
};
