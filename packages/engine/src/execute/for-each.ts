import type { Json, JsonObject } from '@weft/json-schema';
import { insideItem } from '@weft/flow';
import type { RunError, Wait } from '../journal.ts';
import { childController } from '../run/child-controller.ts';
import { Superseded } from '../run/interrupted.ts';
import type { BlockEnd, Executor, Frame, Moment, StepEnd } from '../run/run-state.ts';
import { stream } from '../stream/stream.ts';
import { evaluated } from './mapped.ts';
import { done, failed } from './record.ts';

export const mostItems = 100_000;
/** So many items leave entries of their pure steps; effects and reads always do. */
const recordedItems = 200;
const mostErrors = 1_000;
/** The thread is given up this often, so that a long loop of pure steps does not stop the others. */
const sliceMs = 10;

/** Runs the inside once for each item of a list, some at once where the step says so, and gathers what they give. */
export const forEach: Executor<'forEach'> = async (moment) => {
  if (moment.work.source) return stream(moment, moment.work.source);
  const found = listOf(moment);
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
      const running = moment.state.runBlock(moment.state, work.inner, inner);
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
  if (!end) return done(moment, { output: outputOf(tally) });
  return end.kind === 'failed' ? failed(moment, end.error, { whole: end.whole ?? false }) : end;
};

interface Tally {
  /** By index; holes where an item gave nothing. */
  collected: (Json | undefined)[];
  succeeded: number;
  failed: number;
  skipped: number;
  errors: JsonObject[];
}

function listOf(moment: Moment<'forEach'>): { list: Json[] } | { error: RunError } {
  const { work, step, stepKey, state } = moment;
  const refuse = (message: string) => ({ error: { kind: 'invalid_input' as const, message, stepKey, path: ['items'] } });
  if (!work.items) return refuse(`“${step.title}” does not know what to go through: choose a list.`);
  const result = evaluated(moment, work.items);
  if ('error' in result) return result;
  const { value } = result;
  if (value === undefined || value === null) return { list: [] };
  if (!Array.isArray(value)) return refuse(`“${step.title}” goes through a list, and this is a single value: choose a list.`);
  if (value.length > mostItems) return refuse(`“${step.title}” has ${value.length} items to go through; at most ${mostItems} are possible.`);
  return { list: state.until?.firstItemOnly.has(step.id) ? value.slice(0, 1) : value };
}

function innerFrame(moment: Moment<'forEach'>, { index, item, signal, failures }: { index: number; item: Json; signal: AbortSignal; failures: number }): Frame {
  const { frame, stepKey, work, now } = moment;
  return {
    scope: { ...frame.scope, [work.as]: item },
    prefix: insideItem(stepKey, { index }),
    now,
    signal,
    records: frame.records && index < recordedItems,
    recordsFailures: frame.recordsFailures && failures < mostErrors,
    ...(frame.inStream && { inStream: true }),
  };
}

/** Counts an item in. @returns how the loop ends, if this item ends it. */
function take(moment: Moment<'forEach'>, tally: Tally, { index, inner, end }: { index: number; inner: Frame; end: Exclude<BlockEnd, { kind: 'waiting' }> }): StepEnd | undefined {
  const { work } = moment;
  if (end.kind === 'stopped') return end;
  if (end.kind === 'failed') return itemFailed(moment, tally, { index, error: end.error, whole: end.whole ?? false });
  if (end.skipped) {
    tally.skipped += 1;
    return undefined;
  }
  if (work.collect) {
    const result = evaluated(moment, work.collect, inner.scope);
    if ('error' in result) return itemFailed(moment, tally, { index, error: result.error, whole: false });
    tally.collected[index] = result.value;
  }
  tally.succeeded += 1;
  return undefined;
}

function itemFailed({ work }: Moment<'forEach'>, tally: Tally, { index, error, whole }: { index: number; error: RunError; whole: boolean }): StepEnd | undefined {
  tally.failed += 1;
  if (whole) return { kind: 'failed', error, whole };
  if (work.onItemError === 'stop') return { kind: 'failed', error: { ...error, message: `Item ${index + 1}: ${error.message}` } };
  if (work.onItemError === 'collect' && tally.errors.length < mostErrors) {
    const { kind, message, stepKey } = error;
    tally.errors.push({ index, kind, message, ...(stepKey !== undefined && { step: stepKey }) });
  }
  return undefined;
}

function outputOf({ collected, succeeded, failed: failures, skipped, errors }: Tally): JsonObject {
  const items = collected.filter((value) => value !== undefined);
  return { items, succeeded, failed: failures, skipped, errors };
}
