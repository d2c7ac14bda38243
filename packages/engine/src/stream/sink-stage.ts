import { ConnectorError, RetryableError, type WriteResult } from '@weft/connector-sdk';
import { formatPath, isObject, withDefaults, type Json, type JsonObject } from '@weft/json-schema';
import type { RunError } from '../journal.ts';
import type { WorkOf } from '../plan/plan.ts';
import { keyOwner } from '../substrate.ts';
import { retryDelay } from '../execute/retry-delay.ts';
import { withinTime } from '../execute/attempt.ts';
import { sleep } from '../run/child-controller.ts';
import { isInterruption } from '../run/interrupted.ts';
import { toRunError } from '../run/to-run-error.ts';
import { goOn, isDue, recordPrefix, type Batch } from './batch.ts';
import { note, RecordContext, runMapping, stepFailed } from './plain-stage.ts';
import { takeEnd } from './record-step.ts';
import type { StageStep } from './stages.ts';
import type { Stream } from './stream.ts';

/** Hands the inputs of all records that come here to the sink at once. */
export async function sinkStage(stream: Stream, { at, step }: StageStep, batch: Batch): Promise<void> {
  // A step becomes a sink stage by its operation only.
  const work = step.work as WorkOf<'action'>;
  const due: number[] = [];
  for (let index = 0; index < batch.limit; index += 1) if (isDue(batch, at, index)) due.push(index);
  if (due.length === 0) return;
  if (step.pinned && stream.isTest) {
    for (const index of due) {
      const end = stream.perform(batch, index, step);
      takeEnd(stream, step, batch, index, end instanceof Promise ? await end : end);
    }
    return;
  }
  const { inputs, indexes } = inputsOf(stream, { at, step }, work, batch, due);
  if (inputs.length === 0) return;
  const way = { onError: work.onError, whole: false };
  const written = await write(stream, step.id, work, batch, { inputs, indexes });
  if ('error' in written) {
    for (const index of indexes) {
      if (index < batch.limit) stepFailed(stream, step, batch, index, { ...written.error, stepKey: recordPrefix(batch, stream.stepKey, index) + step.id }, way);
    }
    return;
  }
  const { state, failures = [], outputs } = written.result;
  if (state !== undefined) stream.sinks[step.id] = state;
  const refused = new Map(failures.map(({ index, error }) => [index, error]));
  for (const [place, index] of indexes.entries()) {
    if (index >= batch.limit) continue;
    const error = refused.get(place);
    if (error) {
      stepFailed(stream, step, batch, index, toRunError(error, recordPrefix(batch, stream.stepKey, index) + step.id), way);
      continue;
    }
    const output = outputs?.[place];
    if (index < batch.samples) note(batch, stream, step, index, output, 'succeeded', inputs[place]);
    goOn(batch, step, index, { port: 'next', output });
  }
}

/** What the mapping gives for each record, with defaults, checked against what the operation declares. */
function inputsOf(stream: Stream, { step }: StageStep, work: WorkOf<'action'>, batch: Batch, due: readonly number[]): { inputs: JsonObject[]; indexes: number[] } {
  const { input: mapping, onError, hasDefaults } = work;
  const schema = work.operation.input;
  const context = new RecordContext(stream, step);
  const inputs: JsonObject[] = [];
  const indexes: number[] = [];
  for (const index of due) {
    if (index >= batch.limit) break;
    const result = mapping ? runMapping(mapping, context.at(batch, index)) : nothing;
    if ('error' in result) {
      stepFailed(stream, step, batch, index, result.error, { onError, whole: result.whole });
      continue;
    }
    const { output } = result;
    const input = hasDefaults ? withDefaults(schema, output) : output;
    const [issue] = stream.validator.validate(schema, input);
    if (issue || !isObject(input)) {
      const where = issue && issue.path.length > 0 ? `“${formatPath(issue.path)}”` : 'The input';
      const { stepKey } = context.at(batch, index);
      const error: RunError = { kind: 'invalid_input', message: `${where} ${issue?.message ?? 'is not an object'}.`, stepKey, path: ['input', ...(issue?.path ?? [])] };
      stepFailed(stream, step, batch, index, error, { onError, whole: false });
      continue;
    }
    inputs.push(input);
    indexes.push(index);
  }
  return { inputs, indexes };
}

const nothing = { output: {} as Json };

type Written = { result: WriteResult } | { error: RunError };

/** Tries as often as the step says; the state it begins from stays the same, so a repeat overwrites what a failed try left. */
async function write(stream: Stream, stepId: string, work: WorkOf<'action'>, batch: Batch, { inputs, indexes }: { inputs: JsonObject[]; indexes: number[] }): Promise<Written> {
  const { runner, run } = stream;
  const batchKey = `${batch.key}]/${stepId}`;
  const keyOf = (place: number): string => {
    const index = indexes[place] ?? 0;
    return `${batch.origins?.[index]?.runId ?? keyOwner(run)}:${recordPrefix(batch, stream.stepKey, index)}${stepId}`;
  };
  const state = stream.sinks[stepId];
  for (let attempt = 1; ; attempt += 1) {
    await stream.turn(work, stream.signal);
    try {
      const result = await withinTime({ signal: stream.signal, timeoutMs: work.timeoutMs }, async (signal) => {
        if (!runner.write) throw new TypeError('This host cannot write batches.');
        return runner.write({ ...stream.callOf(stepId, work), stepKey: batchKey, attempt, idempotencyKey: `${keyOwner(run)}:${batchKey}`, signal }, inputs, {
          ...(state !== undefined && { state }),
          adds: stream.adds,
          keyOf,
        });
      });
      return { result };
    } catch (error) {
      if (isInterruption(error) || stream.signal.aborted) throw error;
      const mayRetry = error instanceof ConnectorError && error.retryable && attempt < work.retry.attempts;
      if (!mayRetry) return { error: toRunError(error, batchKey) };
      await sleep(retryDelay(work.retry, attempt, error instanceof RetryableError ? error.retryAfterMs : undefined), stream.signal);
    }
  }
}
