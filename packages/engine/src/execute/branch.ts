import type { Executor } from '../run/run-state.ts';
import { decided } from './mapped.ts';
import { done, failed } from './record.ts';

/** Goes on at the first case that is true, or at `else`. */
export const branch: Executor<'branch'> = (moment) => {
  for (const { id, title, condition } of moment.work.cases) {
    const decision = decided(moment, condition, title);
    if ('error' in decision) return failed(moment, decision.error);
    if (decision.yes) return done(moment, { output: { case: id }, port: id });
  }
  return done(moment, { output: { case: 'else' }, port: 'else' });
};
