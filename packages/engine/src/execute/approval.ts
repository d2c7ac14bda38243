import type { StepOf } from '@weft/flow';
import { isObject, type Json } from '@weft/json-schema';
import type { CompiledMapping } from '@weft/mapping';
import { compiledMapping } from '../plan/compiled.ts';
import type { MomentOf } from '../run/run-state.ts';
import { named, say } from '../sentences.en.ts';
import { demandsOf, whatIsLacking, type Demands } from './demands.ts';
import type { Executor } from './executor.ts';
import { mapRecord } from './map-record.ts';
import { park, type WaitEnd } from './park.ts';
import { placeOf } from './place.ts';
import { resumedLater } from './resumed.ts';

type ApprovalStep = StepOf<'approval'>;

export interface ApprovalWork extends Pick<ApprovalStep, 'kind' | 'question' | 'assignees' | 'timeoutMs'> {
  input?: CompiledMapping;
  /** What those who decide must be shown. */
  demands?: Demands;
  onTimeout: NonNullable<ApprovalStep['onTimeout']>;
}

/** Parks the run until an assignee has decided. Assignees and the single decision are checked by the API that takes it. */
export const approval: Executor<ApprovalStep, ApprovalWork> = {
  plan: ({ question, assignees, timeoutMs, onTimeout = 'reject', input, schemas }) => ({
    kind: 'approval',
    question,
    assignees,
    timeoutMs,
    onTimeout,
    input: compiledMapping(input, schemas?.input),
    demands: demandsOf(schemas?.input),
  }),
  execute(moment) {
    const { work, state, frame, stepKey } = moment;
    const { question, assignees, timeoutMs } = work;
    return park(moment, {
      begin() {
        const result = mapRecord(work.input, frame.scope, placeOf(moment));
        if ('error' in result) return result;
        const lacking = whatIsLacking(work.demands, result.output, moment);
        if (lacking) return { error: lacking, whole: false };
        return {
          ...(timeoutMs !== undefined && { until: state.now() + timeoutMs }),
          signals: [{ name: 'approval', key: `${state.run.runId}:${stepKey}` }],
          input: result.output,
          warnings: result.warnings,
        };
      },
      end(signal, { until }, now) {
        if (signal) return decided(signal.payload);
        return until === undefined || until > now ? undefined : nobodyDecided(moment, now);
      },
      approval: (shown) => ({ question, assignees, shown }),
    });
  },
  resume: resumedLater,
  portOfPin: (_work, output) => (isObject(output) && output['approved'] === false ? 'rejected' : 'approved'),
};

function decided(decision: Json): WaitEnd {
  const approved = isObject(decision) && decision['approved'] === true;
  return { port: approved ? 'approved' : 'rejected', output: decision };
}

function nobodyDecided({ work, step, stepKey }: MomentOf<ApprovalWork>, now: number): WaitEnd {
  if (work.onTimeout === 'fail') return { error: { kind: 'timeout', ...say('run.approval.timeout', { step: named(step.title) }), stepKey } };
  const approved = work.onTimeout === 'approve';
  return {
    port: approved ? 'approved' : 'rejected',
    output: { approved, comment: '', decidedBy: null, decidedAt: new Date(now).toISOString() },
    warnings: [say('run.warning.undecided')],
  };
}
