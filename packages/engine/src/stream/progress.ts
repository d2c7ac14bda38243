import type { JsonObject } from '@weft/json-schema';
import type { JournalEntry, StreamProgress } from '../journal.ts';
import type { RunWriter } from '../run/run-writer.ts';

export const fresh = (stepKey: string, at: number, restarts: number): StreamProgress => ({
  stepKey,
  cursor: null,
  batch: 0,
  read: 0,
  succeeded: 0,
  failed: 0,
  skipped: 0,
  sinks: {},
  startedAt: at,
  at,
  activeMs: 0,
  recordsPerSecond: 0,
  restarts,
  finished: false,
});

/** What a loop over a stream gives to the steps behind it. */
export function outputOf({ read, succeeded, failed, skipped, activeMs, collected = [] }: StreamProgress, collects: boolean): JsonObject {
  return { read, succeeded, failed, skipped, seconds: Math.round(activeMs) / 1_000, ...(collects && { items: collected }) };
}

/** Inside a stream nothing is committed on its own: entries are samples, or go nowhere. */
export function sampleWriter(keep: (entry: JournalEntry) => void): RunWriter {
  const never = (): never => {
    throw new TypeError('Inside a stream only the batch is committed.');
  };
  const nothing = (): void => undefined;
  const resolved = Promise.resolve();
  return {
    record: keep,
    needCommit: nothing,
    afterCommit: nothing,
    flush: () => resolved,
    flushIfNeeded: () => undefined,
    commitStream: never,
    takeSignal: never,
    park: never,
    finish: never,
  };
}
