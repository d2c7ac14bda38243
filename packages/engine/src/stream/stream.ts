import { isResumable, isWanted } from '@weft/flow';
import type { Json, JsonObject, SchemaValidator } from '@weft/json-schema';
import type { ActionWork } from '../execute/action.ts';
import { callerOf, callOf } from '../execute/call-of.ts';
import type { ForEachWork, SourceWork } from '../execute/for-each.ts';
import { noteAllFailed } from '../execute/all-failed.ts';
import { evaluated, mapAtLeisure, workedOutLater } from '../execute/map-record.ts';
import { BadInput, badInputError, checkedInput } from '../execute/checked-input.ts';
import { performStep } from '../execute/perform-step.ts';
import { placeOf } from '../execute/place.ts';
import { done, failed } from '../execute/record.ts';
import { heldPauseMs, sleepUntilTurn } from '../execute/take-turn.ts';
import type { DeadLetter, RunError, StreamProgress } from '../journal.ts';
import type { PlannedStep } from '../plan/plan.ts';
import type { OperationRunner } from '../ports.ts';
import type { Patience, WorkedOut } from '../run/patience.ts';
import type { Frame, MomentOf, RunState, StepEnd } from '../run/run-state.ts';
import { say } from '../sentences.en.ts';
import { keyOwner, type NewRun } from '../substrate.ts';
import { countBatch, fail, makeBatch, recordPrefix, type Batch } from './batch.ts';
import { callsStage } from './calls-stage.ts';
import { plainStage } from './plain-stage.ts';
import { fresh, maxCollected, maxCollectedBytes, outputOf, sampleWriter, warningsOf } from './progress.ts';
import { firstOf, inOrder, pull, type Pulled } from './pull.ts';
import { sinkStage } from './sink-stage.ts';
import { noteSkipped } from './skipped-steps.ts';
import { stageOf, stagesWith, type Stage } from './stages.ts';
import { createStreamCommits } from './stream-commits.ts';

/** So many records of a stream leave entries of their steps. */
const sampledRecords = 3;
/** A test run shows what happens, it does not do the work. */
const testedRecords = 100;
/** The thread is given up this often, so that a stream of pure steps does not stop the others. */
const sliceMs = 10;

/** What the stages of one stream share. */
export interface Stream {
  run: NewRun;
  stepKey: string;
  /** What `now` means for every record, milliseconds. */
  now: number;
  moment: Date;
  timezone?: string;
  isTest: boolean;
  /** The first record that fails ends the loop. */
  stops: boolean;
  concurrency: number;
  signal: AbortSignal;
  validator: SchemaValidator;
  runner: OperationRunner;
  /** What each sink keeps, by step id. */
  sinks: Record<string, Json>;
  /** Records that had failed in an earlier run: what that run wrote stays. */
  adds: boolean;
  clock(): number;
  /** Does one step for one record as everywhere else in a run. */
  perform(batch: Batch, index: number, step: PlannedStep, signal?: AbortSignal): StepEnd | Promise<StepEnd>;
  /** How it shares the thread. */
  patience: Patience;
  /** With what was too long for its turn. @throws what was caught, where it is not that. */
  later(caught: unknown, before?: WorkedOut): Promise<WorkedOut>;
  /** Waits until a step may call: see the limits. */
  turn(work: ActionWork, signal: AbortSignal): Promise<void>;
  /** False for steps that a run to one of its steps leaves out. */
  isWanted(stepId: string): boolean;
}

/**
 * A loop over a stream: reads a batch, does its stages one after the other, commits how far it is, and only then counts it as done.
 * Resuming goes on behind the last committed batch; what was done of the next one is done again under the same keys.
 */
export async function stream(moment: MomentOf<ForEachWork>, source: SourceWork): Promise<StepEnd> {
  const { state, stepKey } = moment;
  const earlier = state.progress?.get(stepKey);
  if (earlier?.finished) {
    const output = outputOf(earlier, moment.work.collect !== undefined);
    noteAllFailed(moment, output);
    return done(moment, { output, ...warningsOf(earlier, moment.work.collect !== undefined) });
  }
  const prepared = await inputOf(moment, source);
  if ('error' in prepared) return failed(moment, prepared.error, { always: true });
  const { input } = prepared;
  const readsDeadLetters = state.run.deadLetters?.stepKey === stepKey;
  const mustRestart = earlier !== undefined && earlier.batch > 0 && earlier.cursor === null && !readsDeadLetters;
  const progress = !earlier || mustRestart ? fresh(stepKey, state.now(), mustRestart ? earlier.restarts + 1 : 0) : continued(earlier);
  if (!state.replay?.has(stepKey)) state.writer.record({ stepKey, attempt: 1, kind: 'started', at: state.now(), input });
  return run(moment, source, { input, progress, readsDeadLetters, mustRestart });
}

interface Begin {
  input: JsonObject;
  progress: StreamProgress;
  readsDeadLetters: boolean;
  mustRestart: boolean;
}

async function run(moment: MomentOf<ForEachWork>, source: SourceWork, { input, progress, readsDeadLetters, mustRestart }: Begin): Promise<StepEnd> {
  const { state, work, stepKey, step } = moment;
  const shared = makeStream(moment, progress, readsDeadLetters);
  const stages = stagesWith(source.stages, shared.isWanted);
  const commits = createStreamCommits({
    writer: state.writer,
    progress,
    clock: state.now,
    isStrict: !mayRunAhead(source),
    begunAgain: mustRestart,
    sync: (sinks) => syncSinks(shared, source, sinks),
  });
  const limit = readsDeadLetters ? undefined : state.until?.firstItemOnly.has(step.id) ? 1 : shared.isTest ? testedRecords : undefined;
  const batchSize = Math.min(source.batchSize, limit ?? source.batchSize);
  let sliceEnd = performance.now() + sliceMs;
  let cut = false;
  let first: RunError | undefined;
  const batches = pull({ moment, source, input, readsDeadLetters, batchSize, cursorOf: () => progress.cursor, readOf: () => progress.read });
  try {
    for await (const pulled of batches) {
      cut = limit !== undefined && pulled.records.length + pulled.unreadable.length >= limit;
      const batch = batchOf(moment, shared, progress, limit === undefined ? pulled : firstOf(pulled, limit));
      await throughStages(shared, stages, batch);
      if (batch.samples > 0) noteSkipped(shared, work.inner, batch);
      const letters = account(moment, progress, batch, pulled);
      first ??= firstFailure(batch);
      const before = commits.add({ entries: batch.entries, letters });
      if (before) await before;
      if (batch.end) {
        await commits.settled();
        return endOf(moment, batch.end, progress);
      }
      if (limit !== undefined) break;
      if (mayStandAside(state, progress)) {
        await commits.settled();
        return { kind: 'waits', waits: [{ stepKey, until: state.now() + heldPauseMs, signals: [] }] };
      }
      if (performance.now() < sliceEnd) continue;
      await new Promise((resolve) => setImmediate(resolve));
      shared.signal.throwIfAborted();
      sliceEnd = performance.now() + sliceMs;
    }
  } catch (error) {
    // What is under way must be over before somebody else may write this run.
    await commits.quiet();
    throw error;
  }
  progress.finished = true;
  await commits.finish();
  const warnings = [
    ...(cut ? [say('run.warning.testRecords', { count: limit ?? 0 })] : []),
    ...(warningsOf(progress, work.collect !== undefined).warnings ?? []),
  ];
  const output = outputOf(progress, work.collect !== undefined);
  noteAllFailed(moment, output, first);
  return done(moment, { output, ...(warnings.length > 0 && { warnings }) });

  function endOf(at: MomentOf<ForEachWork>, end: NonNullable<Batch['end']>, { read }: StreamProgress): StepEnd {
    if (end.kind !== 'failed') return end;
    const error = end.whole ? end.error : { ...end.error, ...say('run.record', { number: read, error: end.error }) };
    return failed(at, error, { whole: end.whole ?? false, always: true });
  }

  function batchOf(at: MomentOf<ForEachWork>, { isTest }: Stream, { batch: number }: StreamProgress, pulled: Pulled): Batch {
    const { records, unreadable, origins } = pulled;
    const batch = makeBatch({
      number,
      records: unreadable.length > 0 ? inOrder(records, unreadable) : records,
      origins,
      stepKey,
      outer: at.frame.scope,
      as: work.as,
      steps: work.inner.steps,
      starts: work.inner.starts.filter((place) => shared.isWanted(work.inner.steps[place]!.id)),
      samples: number === 0 ? (isTest ? testedRecords : sampledRecords) : 0,
    });
    for (const { at, message } of unreadable) {
      fail(batch, at, { kind: 'invalid_input', message, stepKey }, { stops: shared.stops, whole: false });
    }
    return batch;
  }
}

/** A stream may take hours, so it does not go on to its end when people hold its run back; one that would begin anew does. */
const mayStandAside = ({ run, services }: RunState, { cursor }: StreamProgress): boolean => cursor !== null && (services.limits?.holdsBack?.(run) ?? false);

async function throughStages(shared: Stream, stages: readonly Stage[], batch: Batch): Promise<void> {
  for (const stage of stages) {
    if (batch.limit === 0) return;
    if (stage.kind === 'plain') await plainStage(shared, stage.steps, batch);
    else if (stage.kind === 'calls') await callsStage(shared, stage.steps, batch);
    else await sinkStage(shared, stage.sink, batch);
  }
}

const firstFailure = ({ failures }: Batch): RunError | undefined => (failures.size === 0 ? undefined : failures.get(Math.min(...failures.keys())));

/** Adds the batch to the counts. @returns the failed records, where dead letters are kept. */
function account(moment: MomentOf<ForEachWork>, progress: StreamProgress, batch: Batch, { cursor, cursors, amount }: Pulled): DeadLetter[] {
  const { work, state, stepKey } = moment;
  if (work.collect) collect(moment, progress, batch);
  const { read, succeeded, failed: failures, skipped } = countBatch(batch);
  progress.read += read;
  progress.succeeded += succeeded;
  progress.failed += failures;
  progress.skipped += skipped;
  progress.batch += 1;
  // Letters behind the one that ended the loop are not done: whoever looks at the cursor finds them.
  progress.cursor = (batch.end ? cursors?.[batch.limit] : undefined) ?? cursor ?? null;
  if (amount) progress.amount = amount;
  if (work.onItemError === 'skip' || batch.failures.size === 0) return [];
  const at = state.now();
  // Those that could not be read failed first; letters stand as the records do.
  const inOrderOfRecords = [...batch.failures].toSorted(([one], [other]) => one - other);
  return inOrderOfRecords.flatMap(([index, error]): DeadLetter[] => {
    if (index > batch.limit) return [];
    const origin = batch.origins?.[index] ?? { runId: keyOwner(state.run), batch: batch.number, index };
    return [{ stepKey, batch: origin.batch, index: origin.index, originRunId: origin.runId, record: batch.records[index] ?? null, error, at }];
  });
}

function collect(moment: MomentOf<ForEachWork>, progress: StreamProgress, batch: Batch): void {
  const collected = (progress.collected ??= []);
  const place = placeOf(moment);
  let bytes = collected.length > 0 ? JSON.stringify(collected).length : 0;
  for (let index = 0; index < batch.limit && collected.length < maxCollected && bytes < maxCollectedBytes; index += 1) {
    if (batch.failures.has(index) || batch.ended[index] === 1 || !moment.work.collect) continue;
    const result = evaluated(moment.work.collect, batch.scopes[index]!, place);
    if ('error' in result) {
      fail(batch, index, result.error, { stops: moment.work.onItemError === 'stop', whole: false });
      continue;
    }
    if (result.value === undefined) continue;
    collected.push(result.value);
    bytes += JSON.stringify(result.value).length;
  }
}

function makeStream(moment: MomentOf<ForEachWork>, progress: StreamProgress, readsDeadLetters: boolean): Stream {
  const { state, frame, work, stepKey, now } = moment;
  const { run: ran, plan, services } = state;
  const { replay: _replay, ...rest } = state;
  const quiet: RunState = { ...rest, writer: sampleWriter(() => undefined) };
  return {
    run: ran,
    stepKey,
    now,
    moment: new Date(now),
    timezone: plan.timezone,
    isTest: ran.mode === 'test',
    stops: work.onItemError === 'stop',
    concurrency: work.concurrency,
    signal: frame.signal,
    validator: services.validator,
    runner: services.runner,
    sinks: progress.sinks,
    adds: readsDeadLetters,
    clock: state.now,
    perform(batch, index, step, signal = frame.signal) {
      const sampled = index < batch.samples;
      const origin = batch.origins?.[index];
      const own: RunState = sampled || origin ? {
        ...quiet,
        ...(sampled && { writer: sampleWriter((entry) => batch.entries.push(entry)) }),
        ...(origin && { run: { ...ran, effectsOf: origin.runId } }),
      } : quiet;
      const inner: Frame = {
        scope: batch.scopes[index]!,
        prefix: recordPrefix(batch, stepKey, index),
        now,
        signal,
        records: sampled,
        recordsFailures: sampled,
        inStream: true,
      };
      return performStep(own, inner, step, now);
    },
    patience: services.patience,
    later: (caught, before) => workedOutLater(caught, before, state, frame.signal),
    turn: (called, signal) => sleepUntilTurn({ ...services, now: state.now, signal }, callerOf(ran, called)),
    isWanted: (stepId) => isWanted(state.until, stepId),
  };
}

/** Without calls that must not be repeated more than needed, a batch may begin while the one before it is being committed. */
function mayRunAhead({ stages }: SourceWork): boolean {
  return stages.every((stage) => {
    if (stage.kind === 'plain') return true;
    if (stage.kind === 'calls') return stage.steps.every(({ step }) => stageOf(step) === 'plain' || (step.work.kind === 'action' && !step.work.hasEffect));
    const { work } = stage.sink.step;
    return work.kind === 'action' && isResumable(work.operation, work.config);
  });
}

async function syncSinks(shared: Stream, { stages }: SourceWork, sinks: Record<string, Json>): Promise<void> {
  for (const stage of stages) {
    if (stage.kind !== 'sink' || stage.sink.step.work.kind !== 'action') continue;
    const { id, work } = stage.sink.step;
    const state = sinks[id];
    if (state === undefined || !shared.runner.sync) continue;
    const stepKey = `${shared.stepKey}/${id}`;
    await shared.runner.sync(callOf(shared.run, work, { stepKey, attempt: 1, startedAt: shared.now, signal: shared.signal }), state);
  }
}

async function inputOf(moment: MomentOf<ForEachWork>, { operation, input: mapping }: SourceWork): Promise<{ input: JsonObject } | { error: RunError }> {
  const { state, stepKey } = moment;
  const result = await mapAtLeisure(mapping, moment);
  if ('error' in result) return { error: result.error };
  const input = checkedInput(state.services.validator, operation, result.output);
  return input instanceof BadInput ? { error: badInputError(input, stepKey, ['source', 'input']) } : { input };
}

/** Where an earlier process left it. */
function continued(earlier: StreamProgress): StreamProgress {
  const progress = structuredClone(earlier);
  return earlier.batch === 0 ? progress : { ...progress, continued: (earlier.continued ?? 0) + 1 };
}
