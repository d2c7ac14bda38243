import { targetOfStep, maxCallDepth, type StepOf } from '@weft/flow';
import { isObject, type Json } from '@weft/json-schema';
import type { CompiledMapping } from '@weft/mapping';
import type { Said } from '@weft/sentences';
import type { Outcome, RunError } from '../journal.ts';
import { compiledMapping } from '../plan/compiled.ts';
import type { CalledFlow } from '../ports.ts';
import { labelledRun } from '../engine/labelled-run.ts';
import { childRunId } from '../run/child-run-id.ts';
import { saidBy } from '../run/to-run-error.ts';
import type { MomentOf, StepEnd } from '../run/run-state.ts';
import { named, say } from '../sentences.en.ts';
import { keyOwner, type NewRun } from '../substrate.ts';
import { demandsOfCall, whatIsLacking } from './demands.ts';
import { goesOn, type Executor } from './executor.ts';
import { mapAtLeisure, type Mapped } from './map-record.ts';
import { park, type WaitEnd } from './park.ts';
import { failed, type OnError } from './record.ts';
import { resumedLater } from './resumed.ts';

export interface SubflowWork {
  kind: 'subflow';
  flow: string;
  version?: number;
  input?: CompiledMapping;
  onError: OnError;
}

/**
 * Calls another flow: a run of its own, started in the commit that parks this one under an id that follows from run and step, so
 * it is started once whatever dies. Its end is a signal to this run.
 */
export const subflow: Executor<StepOf<'subflow'>, SubflowWork> = {
  plan(step, { catalogue }) {
    const { flow, version, input, onError = 'fail' } = step;
    return { kind: 'subflow', flow, version, input: compiledMapping(input, targetOfStep(step, catalogue)), onError };
  },
  execute,
  resume: resumedLater,
  portOfPin: goesOn,
};

async function execute(moment: MomentOf<SubflowWork>): Promise<StepEnd> {
  const { state, work, stepKey } = moment;
  const called = await calledFlow(moment);
  const isUnderWay = state.replay?.get(stepKey)?.last.wait !== undefined;
  if ('error' in called && !isUnderWay) return failed(moment, called.error, { onError: work.onError, always: true });
  const result: Mapped = isUnderWay ? { output: {} } : await mapAtLeisure(work.input, moment);
  return park(moment, {
    onError: work.onError,
    begin() {
      if ('error' in result) return result;
      // One that is under way has begun already.
      const lacking = 'error' in called || !called.input ? undefined : whatIsLacking(demandsOfCall(called.input), result.output, moment);
      if (lacking) return { error: lacking, whole: false };
      return {
        signals: [{ name: 'run', key: childRunId(state.run.runId, stepKey) }],
        input: result.output,
        ...(result.warnings && { warnings: result.warnings }),
      };
    },
    end: (signal) => signal && endOf(moment, signal.payload),
    // The called flow is gone, but its run exists: it goes on and ends like any other.
    ...(!('error' in called) && { child: (input: Json) => childRun(moment, called, input) }),
  });
}

async function calledFlow({ state, work, step, stepKey }: MomentOf<SubflowWork>): Promise<CalledFlow | { error: RunError }> {
  const { run, services } = state;
  const title = named(step.title);
  const refuse = (said: Said | { message: string }) => ({ error: { kind: 'unsupported' as const, ...said, stepKey } });
  if (work.flow === '') return refuse(say('run.call.none', { step: title }));
  if ((run.depth ?? 0) >= maxCallDepth) return refuse(say('run.call.deep', { step: title, max: maxCallDepth }));
  const { flow, version } = work;
  const found = await services.flows.called?.(run, { flow, version });
  if (!found) return refuse(say('run.call.notHere', { step: title }));
  return 'refused' in found ? refuse({ message: found.refused }) : found;
}

function childRun({ state, stepKey }: MomentOf<SubflowWork>, { flowId, versionId, payloadOf }: CalledFlow, input: Json): NewRun {
  const { run, now, services } = state;
  const owner = keyOwner(run);
  const child: NewRun = {
    runId: childRunId(run.runId, stepKey),
    workspaceId: run.workspaceId,
    flowId,
    versionId,
    mode: run.mode,
    payload: payloadOf(input),
    createdAt: now(),
    parent: { runId: run.runId, stepKey },
    depth: (run.depth ?? 0) + 1,
    traceparent: run.traceparent,
    // A replay calls again under the keys of the first call.
    ...(owner !== run.runId && { effectsOf: childRunId(owner, stepKey) }),
  };
  return labelledRun(child, services.flows);
}

function endOf({ step, stepKey }: MomentOf<SubflowWork>, end: Json): WaitEnd {
  const { status, error, body = null } = isObject(end) ? end : {};
  if (status === 'succeeded') return { port: 'next', output: body };
  if (status === 'skipped') return { port: 'next', output: body, warnings: [say('run.warning.filtered')] };
  if (status === 'cancelled') return { error: { kind: 'unknown', ...say('run.call.cancelled', { step: named(step.title) }), stepKey } };
  // Made by endPayload, of an outcome.
  const { kind = 'unknown', message, sentence } = (isObject(error) ? error : {}) as Partial<RunError>;
  return { error: { kind, ...(message === undefined ? say('run.call.failed') : saidBy({ message, sentence })), stepKey } };
}

/** The signal of a called run to its caller. */
export function endPayload({ status, error, answer }: Outcome): Json {
  return {
    status,
    // A sentence is plain JSON; its type only says more about it.
    // A sentence is plain JSON; its type only says more about it.
    ...(error && { error: { kind: error.kind, message: error.message, ...(error.sentence && { sentence: error.sentence as unknown as Json }) } }),
    ...(answer?.body !== undefined && { body: answer.body }),
  };
}
