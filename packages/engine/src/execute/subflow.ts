import { maxCallDepth } from '@weft/flow';
import { isObject, type Json } from '@weft/json-schema';
import type { Outcome, RunError } from '../journal.ts';
import type { CalledFlow } from '../ports.ts';
import { childRunId } from '../run/child-run-id.ts';
import type { Executor, Moment } from '../run/run-state.ts';
import { keyOwner, type NewRun } from '../substrate.ts';
import { mapped } from './mapped.ts';
import { park, type WaitEnd } from './park.ts';
import { failed } from './record.ts';

/**
 * Calls another flow: a run of its own, started in the commit that parks this one under an id that follows from run and step, so
 * it is started once whatever dies. Its end is a signal to this run.
 */
export const subflow: Executor<'subflow'> = async (moment) => {
  const { state, work, stepKey } = moment;
  const called = await calledFlow(moment);
  const isUnderWay = state.replay?.get(stepKey)?.last.wait !== undefined;
  if ('error' in called && !isUnderWay) return failed(moment, called.error, { onError: work.onError, always: true });
  return park(moment, {
    onError: work.onError,
    begin() {
      const result = mapped(moment, work.input);
      if ('error' in result) return result;
      return { signals: [{ name: 'run', key: childRunId(state.run.runId, stepKey) }], input: result.output, ...(result.warnings && { warnings: result.warnings }) };
    },
    end: (signal) => signal && endOf(moment, signal.payload),
    // What was called is gone, and its run is there: it goes on and ends as any other.
    ...(!('error' in called) && { child: (input: Json) => childRun(moment, called, input) }),
  });
};

async function calledFlow({ state, work, step, stepKey }: Moment<'subflow'>): Promise<CalledFlow | { error: RunError }> {
  const { run, services } = state;
  const refuse = (message: string) => ({ error: { kind: 'unsupported' as const, message, stepKey } });
  if (work.flow === '') return refuse(`“${step.title}” does not know which flow to call: choose one.`);
  if ((run.depth ?? 0) >= maxCallDepth) return refuse(`“${step.title}” would be more than ${maxCallDepth} calls deep: let one of the flows do more itself.`);
  const { flow, version } = work;
  const found = await services.flows.called?.(run, { flow, ...(version !== undefined && { version }) });
  if (!found) return refuse(`“${step.title}” calls another flow, which is not possible here: run the whole flow instead.`);
  return 'refused' in found ? refuse(found.refused) : found;
}

function childRun({ state, stepKey }: Moment<'subflow'>, { flowId, versionId, payloadOf }: CalledFlow, input: Json): NewRun {
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
    ...(run.traceparent !== undefined && { traceparent: run.traceparent }),
    // A replay calls again under the keys of the first call.
    ...(owner !== run.runId && { effectsOf: childRunId(owner, stepKey) }),
  };
  const key = services.flows.keyOf?.(child);
  return key === undefined ? child : { ...child, key };
}

function endOf({ step, stepKey }: Moment<'subflow'>, end: Json): WaitEnd {
  const { status, error, body = null } = isObject(end) ? end : {};
  if (status === 'succeeded') return { port: 'next', output: body };
  if (status === 'skipped') return { port: 'next', output: body, warnings: ['The called flow ended at a filter.'] };
  if (status === 'cancelled') return { error: { kind: 'unknown', message: `The run that “${step.title}” had called was cancelled.`, stepKey } };
  // Made by endPayload, of an outcome.
  const { kind = 'unknown', message = 'The called flow failed.' } = (isObject(error) ? error : {}) as Partial<RunError>;
  return { error: { kind, message, stepKey } };
}

/** What a called run tells the run that called it. */
export function endPayload({ status, error, answer }: Outcome): Json {
  return {
    status,
    ...(error && { error: { kind: error.kind, message: error.message } }),
    ...(answer?.body !== undefined && { body: answer.body }),
  };
}
