import { ConnectorError, RetryableError, type WriteResult } from '@weft/connector-sdk';
import { exactNumbers, type JsonObject } from '@weft/json-schema';
import type { ActionWork } from '../execute/action.ts';
import { withinTime } from '../execute/attempt.ts';
import { callOf } from '../execute/call-of.ts';
import { whatIsLacking } from '../execute/demands.ts';
import { driftOf } from '../execute/drift.ts';
import { type Mapped, mapRecord, maxWarnings } from '../execute/map-record.ts';
import { brokenOutput } from '../execute/broken-output.ts';
import { BadInput, badInputError, checkedInput } from '../execute/checked-input.ts';
import { isOfTheStep } from '../execute/of-the-step.ts';
import { warned } from '../execute/record.ts';
import { retryDelay } from '../execute/retry-delay.ts';
import type { RunError, Warning } from '../journal.ts';
import { sleep } from '../run/child-controller.ts';
import { isInterruption } from '../run/interrupted.ts';
import type { WorkedOut } from '../run/patience.ts';
import { toRunError } from '../run/to-run-error.ts';
import { keyOwner } from '../substrate.ts';
import { goOn, isDue, recordPrefix, type Batch } from './batch.ts';
import { RecordPlace } from './record-place.ts';
import { note, stepFailed, takeEnd } from './record-step.ts';
import type { StageStep } from './stages.ts';
import type { Stream } from './stream.ts';

/** Hands the inputs of all records that come here to the sink at once. */
export async function sinkStage(stream: Stream, { at, step }: StageStep, batch: Batch): Promise<void> {
  // A step becomes a sink stage by its operation only.
  const work = step.work as ActionWork;
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
  const mapped = await inputsOf(stream, { at, step }, work, batch, due);
  if (mapped.inputs.length === 0) return;
  const written = await write(stream, step.id, work, batch, mapped);
  const place = new RecordPlace(stream, step);
  if ('error' in written) {
    const whole = work.onError === 'fail' && isOfTheStep(written.error);
    for (const [nth, index] of mapped.indexes.entries()) {
      const way = { onError: work.onError, whole, input: mapped.inputs[nth] };
      if (index < batch.limit) stepFailed(stream, step, batch, index, { ...written.error, stepKey: place.at(batch, index).stepKey }, way);
    }
    return;
  }
  const { state, failures = [], outputs } = written.result;
  if (state !== undefined) stream.sinks[step.id] = state;
  const refused = new Map(failures.map(({ index, error }) => [index, error]));
  for (const [nth, index] of mapped.indexes.entries()) {
    if (index >= batch.limit) continue;
    const output = outputs?.[nth];
    const refusal = refused.get(nth);
    const error = refusal
      ? toRunError(refusal, place.at(batch, index).stepKey)
      : output !== undefined && work.operation.outputSource === 'declared'
        ? brokenOutput(stream.validator, work.operation, output, place.at(batch, index).stepKey)
        : undefined;
    if (error) {
      stepFailed(stream, step, batch, index, error, { onError: work.onError, input: mapped.inputs[nth] });
      continue;
    }
    if (index < batch.samples) {
      const warnings = warned({ warnings: mapped.warnings.get(index) }, output === undefined ? {} : driftOf(stream.validator, output, work.learned));
      note(stream, step, batch, index, { kind: 'succeeded', input: mapped.inputs[nth], output, ...warnings });
    }
    goOn(batch, step, index, { port: 'next', output });
  }
}

interface SinkInputs {
  inputs: JsonObject[];
  /** Of the records they come from. */
  indexes: number[];
  /** Of the mapping and of the operation, by record; of samples only. */
  warnings: Map<number, Warning[]>;
}

/** What each record hands to the sink; a record that has nothing fit for it fails. */
async function inputsOf(stream: Stream, { step }: StageStep, work: ActionWork, batch: Batch, due: readonly number[]): Promise<SinkInputs> {
  const { input: mapping, operation, onError, hasDefaults, demands } = work;
  const place = new RecordPlace(stream, step);
  const mapped: SinkInputs = { inputs: [], indexes: [], warnings: new Map() };
  for (const index of due) {
    if (index >= batch.limit) break;
    const map = (later?: WorkedOut): Mapped => mapRecord(mapping, batch.scopes[index]!, place.at(batch, index, later));
    let result: Mapped;
    try {
      result = map();
    } catch (over) {
      result = map(await stream.later(over));
    }
    if ('error' in result) {
      stepFailed(stream, step, batch, index, result.error, { onError, whole: result.whole });
      continue;
    }
    const input = checkedInput(stream.validator, operation, result.output, hasDefaults);
    if (input instanceof BadInput) {
      stepFailed(stream, step, batch, index, badInputError(input, place.stepKey), { onError, input: input.input });
      continue;
    }
    const lacking = demands && whatIsLacking(demands, input, place);
    if (lacking) {
      stepFailed(stream, step, batch, index, lacking, { onError, input });
      continue;
    }
    if (result.warnings && index < batch.samples) mapped.warnings.set(index, result.warnings);
    mapped.inputs.push(input);
    mapped.indexes.push(index);
  }
  return mapped;
}

type Written = { result: WriteResult } | { error: RunError };

/** Tries as often as the step says; the state it begins from stays the same, so a repeat overwrites what a failed try left. */
async function write(stream: Stream, stepId: string, work: ActionWork, batch: Batch, { inputs, indexes, warnings }: SinkInputs): Promise<Written> {
  const { runner, run } = stream;
  const batchKey = `${batch.key}]/${stepId}`;
  const keyOf = (nth: number): string => {
    const index = indexes[nth] ?? 0;
    return `${batch.origins?.[index]?.runId ?? keyOwner(run)}:${recordPrefix(batch, stream.stepKey, index)}${stepId}`;
  };
  const state = stream.sinks[stepId];
  const { numbers } = work;
  // What is said of a whole batch stands at its first record.
  const warn = (sentence: string): void => {
    const [first = 0] = indexes;
    const before = warnings.get(first) ?? [];
    if (before.length < maxWarnings) warnings.set(first, [...before, { message: sentence }]);
  };
  for (let attempt = 1; ; attempt += 1) {
    await stream.turn(work, stream.signal);
    try {
      const result = await withinTime({ signal: stream.signal, timeoutMs: work.timeoutMs }, async (signal) => {
        if (!runner.write) throw new TypeError('This host cannot write batches.');
        const call = callOf(run, work, { stepKey: batchKey, attempt, startedAt: stream.now, signal, timeoutMs: work.timeoutMs, warn });
        return runner.write(call, inputs, { state, adds: stream.adds, keyOf, exactOf: numbers && ((nth: number) => exactNumbers(inputs[nth], numbers)) });
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
