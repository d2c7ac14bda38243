import type { Json, JsonObject } from '@weft/json-schema';
import type { JournalEntry, StreamProgress, Warning } from '../journal.ts';
import type { RunWriter } from '../run/run-writer.ts';
import { say } from '../sentences.en.ts';

/** Steps behind the loop hold what was collected at once. */
export const maxCollected = 1_000;
export const maxCollectedBytes = 256 << 10;

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

/** What a loop that is read to its end has to tell beside what it gives. */
export function warningsOf({ restarts, collected = [], succeeded }: StreamProgress, collects: boolean): { warnings?: Warning[] } {
  const warnings = [
    ...(restarts === 0 ? [] : [say('run.warning.restarted', { count: restarts })]),
    ...(collects && succeeded > collected.length && isFull(collected) ? [say('run.warning.collected', { kept: collected.length, all: succeeded })] : []),
  ];
  return warnings.length === 0 ? {} : { warnings };
}

const isFull = (collected: readonly Json[]): boolean => collected.length >= maxCollected || JSON.stringify(collected).length >= maxCollectedBytes;

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
