import type { Executor } from '../run/run-state.ts';
import { decided } from './mapped.ts';
import { done, failed, record } from './record.ts';

/** Lets pass, or ends this way through as skipped. */
export const filter: Executor<'filter'> = (moment) => {
  const { state, frame, step, stepKey, now } = moment;
  const decision = decided(moment, moment.work.condition, step.title);
  if ('error' in decision) return failed(moment, decision.error);
  if (decision.yes) return done(moment, { output: { passed: true } });
  const output = { passed: false };
  record(state, frame, { stepKey, attempt: 1, kind: 'skipped', output });
  return { kind: 'went', port: undefined, output, at: now };
};
