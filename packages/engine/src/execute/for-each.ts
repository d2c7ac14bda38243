import type { Json, JsonObject } from '@weft/json-schema';
import { targetOfStep, insideItem, type StepOf } from '@weft/flow';
import type { CompiledExpression } from '@weft/mapping';
import type { Said } from '@weft/sentences';
import type { RunError, Wait } from '../journal.ts';
import { compiledExpression } from '../plan/compiled.ts';
import { NotReady } from '../plan/not-ready.ts';
import type { Block } from '../plan/plan.ts';
import { usedOperation, type UsedOperation } from '../plan/used-operation.ts';
import { childController } from '../run/child-controller.ts';
import { Superseded } from '../run/interrupted.ts';
import { runBlock } from '../run/run-block.ts';
import type { BlockEnd, Frame, MomentOf, StepEnd } from '../run/run-state.ts';
import { named, say } from '../sentences.en.ts';
import { stagesOf, type Stage } from '../stream/stages.ts';
import { stream } from '../stream/stream.ts';
import { goesOn, type Executor, type Surroundings } from './executor.ts';
import { noteAllFailed } from './all-failed.ts';
import { evaluated, evaluatedAtLeisure } from './map-record.ts';
import { placeOf } from './place.ts';
import { done, failed } from './record.ts';
import { resumedInPlace } from './resumed.ts';

const maxItems = 100_000;
/** So many items leave entries of their pure steps; effects and reads always do. */
const recordedItems = 200;
const maxErrors = 1_000;
const maxConcurrency = 50;
const maxBatchSize = 10_000;
const usualBatchSize = 500;
/** Yields to the event loop this often, so that a long loop of pure steps does not block other runs. */
const sliceMs = 10;

export interface ForEachWork {
  kind: 'forEach';
  items?: CompiledExpression;
  as: string;
  concurrency: number;
  onItemError: 'stop' | 'skip' | 'collect';
  collect?: CompiledExpression;
  inner: Block;
  /** Where a loop over a stream reads its records. */
  source?: SourceWork;
}

/** A source made ready, and what is done with its records, in stages. */
export interface SourceWork extends UsedOperation {
  batchSize: number;
  stages: Stage[];
}

/** Runs the inside once for each item of a list, some at once where the step says so, and gathers what they give; or for each record of a stream. */
export const forEach: Executor<StepOf<'forEach'>, ForEachWork> = {
  plan(step, around) {
    const { items, as, concurrency = 1, onItemError = 'stop', collect } = step;
    return {
      kind: 'forEach',
      ...(step.source && { source: planSource(step, step.source, around) }),
      items: compiledExpression(items),
      as,
      concurrency: Math.min(maxConcurrency, Math.max(1, concurrency)),
      onItemError,
      collect: compiledExpression(collect),
      inner: around.inner,
    };
  },
  execute: (moment) => (moment.work.source ? stream(moment, moment.work.source) : throughList(moment)),
  resume(moment, entry) {
    if (entry.kind === 'succeeded') noteAllFailed(moment, entry.output);
    return resumedInPlace(moment, entry);
  },
  portOfPin: goesOn,
  stageOf: () => 'calls',
};

function planSource(step: StepOf<'forEach'>, source: NonNullable<StepOf<'forEach'>['source']>, around: Surroundings): SourceWork {
  const used = usedOperation(step.title, { ...source, target: targetOfStep(step, around.catalogue) }, around);
  if (used.operation.kind !== 'source') {
    throw new NotReady({ kind: 'unsupported', ...say('run.operation.notSource', { step: named(step.title), operation: named(used.operation.title) }) });
  }
  return { ...used, batchSize: Math.min(maxBatchSize, Math.max(1, step.batchSize ?? usualBatchSize)), stages: stagesOf(around.inner) };
}

async function throughList(moment: MomentOf<ForEachWork>): Promise<StepEnd> {
  const found = await listOf(moment);
  if ('error' in found) return failed(moment, found.error);
  const { work, frame } = moment;
  const { list } = found;
  const own = childController(frame.signal);
  const tally: Tally = { collected: [], succeeded: 0, failed: 0, skipped: 0, errors: [] };
  const waits: Wait[] = [];
  let next = 0;
  let end: StepEnd | undefined;

  async function worker(): Promise<void> {
    let sliceEnd = performance.now() + sliceMs;
    while (next < list.length && !end) {
      const index = next++;
      const inner = innerFrame(moment, { index, item: list[index] ?? null, signal: own.signal, failures: tally.failed });
      const running = runBlock(moment.state, work.inner, inner);
      const itemEnd = running instanceof Promise ? await running : running;
      if (itemEnd.kind === 'waiting') {
        // The item keeps its place, so no more are under way at once than the step allows.
        waits.push(...itemEnd.waits);
        return;
      }
      const stopped = take(moment, tally, { index, inner, end: itemEnd });
      if (stopped && !end) {
        end = stopped;
        own.abort(new Superseded());
      }
      if (performance.now() < sliceEnd) continue;
      // An effect of an earlier item must not wait for thousands of pure ones.
      await moment.state.writer.flushIfNeeded();
      await new Promise((resolve) => setImmediate(resolve));
      frame.signal.throwIfAborted();
      sliceEnd = performance.now() + sliceMs;
    }
  }

  try {
    // Every worker is waited for, so nothing of this loop is in flight when it is over.
    const workers = await Promise.allSettled(Array.from({ length: Math.min(work.concurrency, list.length) }, worker));
    const crashed = workers.find((result) => result.status === 'rejected');
    if (crashed && !(end && crashed.reason instanceof Superseded)) throw crashed.reason;
  } finally {
    own.release();
  }
  if (!end && waits.length > 0) return { kind: 'waits', waits };
  if (!end) {
    const output = outputOf(tally);
    noteAllFailed(moment, output, tally.first);
    return done(moment, { output });
  }
  return end.kind === 'failed' ? failed(moment, end.error, { whole: end.whole ?? false }) : end;
}

interface Tally {
  /** By index; holes where an item gave nothing. */
  collected: (Json | undefined)[];
  succeeded: number;
  failed: number;
  skipped: number;
  errors: JsonObject[];
  /** Of the item that failed first. */
  first?: RunError;
}

async function listOf(moment: MomentOf<ForEachWork>): Promise<{ list: Json[] } | { error: RunError }> {
  const { work, step, stepKey, state } = moment;
  const title = named(step.title);
  const refuse = (said: Said) => ({ error: { kind: 'invalid_input' as const, ...said, stepKey, path: ['items'] } });
  if (!work.items) return refuse(say('run.items.missing', { step: title }));
  const result = await evaluatedAtLeisure(work.items, moment);
  if ('error' in result) return result;
  const { value } = result;
  if (value === undefined || value === null) return { list: [] };
  if (!Array.isArray(value)) return refuse(say('run.items.single', { step: title }));
  if (value.length > maxItems) return refuse(say('run.items.tooMany', { step: title, items: value.length, max: maxItems }));
  return { list: state.until?.firstItemOnly.has(step.id) ? value.slice(0, 1) : value };
}

function innerFrame(
  moment: MomentOf<ForEachWork>,
  { index, item, signal, failures }: { index: number; item: Json; signal: AbortSignal; failures: number },
): Frame {
  const { frame, stepKey, work, now } = moment;
  return {
    scope: { ...frame.scope, [work.as]: item },
    prefix: insideItem(stepKey, { index }),
    now,
    signal,
    records: frame.records && index < recordedItems,
    recordsFailures: frame.recordsFailures && failures < maxErrors,
    ...(frame.inStream && { inStream: true }),
  };
}

/** Counts an item in. @returns how the loop ends, if this item ends it. */
function take(
  moment: MomentOf<ForEachWork>,
  tally: Tally,
  { index, inner, end }: { index: number; inner: Frame; end: Exclude<BlockEnd, { kind: 'waiting' }> },
): StepEnd | undefined {
  const { work } = moment;
  if (end.kind === 'stopped') return end;
  if (end.kind === 'failed') return itemFailed(moment, tally, { index, error: end.error, whole: end.whole ?? false });
  if (end.skipped) {
    tally.skipped += 1;
    return undefined;
  }
  if (work.collect) {
    const result = evaluated(work.collect, inner.scope, placeOf(moment));
    if ('error' in result) return itemFailed(moment, tally, { index, error: result.error, whole: false });
    tally.collected[index] = result.value;
  }
  tally.succeeded += 1;
  return undefined;
}

function itemFailed(
  { work }: MomentOf<ForEachWork>,
  tally: Tally,
  { index, error, whole }: { index: number; error: RunError; whole: boolean },
): StepEnd | undefined {
  tally.failed += 1;
  tally.first ??= error;
  if (whole) return { kind: 'failed', error, whole };
  if (work.onItemError === 'stop') return { kind: 'failed', error: { ...error, ...say('run.item', { number: index + 1, error }) } };
  if (work.onItemError === 'collect' && tally.errors.length < maxErrors) {
    const { kind, message, stepKey } = error;
    tally.errors.push({ index, kind, message, ...(stepKey !== undefined && { step: stepKey }) });
  }
  return undefined;
}

function outputOf({ collected, succeeded, failed: failures, skipped, errors }: Tally): JsonObject {
  const items = collected.filter((value) => value !== undefined);
  return { items, succeeded, failed: failures, skipped, errors };
}
