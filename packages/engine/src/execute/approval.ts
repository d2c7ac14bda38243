import { isObject, type Json } from '@weft/json-schema';
import type { Executor, Moment } from '../run/run-state.ts';
import { mapped } from './mapped.ts';
import { park, type WaitEnd } from './park.ts';

/** Parks the run until somebody who may has decided. Who that is, and that nobody decides twice, is kept by whoever takes the decision. */
export const approval: Executor<'approval'> = (moment) => {
  const { work, state, stepKey } = moment;
  const { question, assignees, timeoutMs } = work;
  return park(moment, {
    begin() {
      const result = mapped(moment, work.input);
      if ('error' in result) return result;
      return {
        ...(timeoutMs !== undefined && { until: state.now() + timeoutMs }),
        signals: [{ name: 'approval', key: `${state.run.runId}:${stepKey}` }],
        input: result.output,
        ...(result.warnings && { warnings: result.warnings }),
      };
    },
    end(signal, { until }, now) {
      if (signal) return decided(signal.payload);
      return until === undefined || until > now ? undefined : nobodyDecided(moment, now);
    },
    approval: (shown) => ({ question, assignees, shown }),
  });
};

function decided(decision: Json): WaitEnd {
  const approved = isObject(decision) && decision['approved'] === true;
  return { port: approved ? 'approved' : 'rejected', output: decision };
}

function nobodyDecided({ work, step, stepKey }: Moment<'approval'>, now: number): WaitEnd {
  if (work.onTimeout === 'fail') return { error: { kind: 'timeout', message: `Nobody decided “${step.title}” in time.`, stepKey } };
  const approved = work.onTimeout === 'approve';
  return {
    port: approved ? 'approved' : 'rejected',
    output: { approved, comment: '', decidedBy: null, decidedAt: new Date(now).toISOString() },
    warnings: ['Nobody decided in time.'],
  };
}
