import type { Json } from '@weft/json-schema';
import { insideItem } from '@weft/flow';
import type { JournalEntry, RunError } from '../journal.ts';
import type { PlannedStep } from '../plan/plan.ts';
import type { StepEnd } from '../run/run-state.ts';

/** Records of a stream that are done together. Everything about them lies side by side, so that a plain loop can go over it. */
export interface Batch {
  number: number;
  size: number;
  records: readonly Json[];
  /** For each record what paths may start with. */
  scopes: Record<string, Json | undefined>[];
  /** The loop's key, with the batch: `each[7`; see `recordPrefix`. */
  key: string;
  /** Where a record stood in the run that read it first; absent: in this one. */
  origins?: readonly Origin[];
  /** By step and record: whether the way came through. */
  active: Uint8Array;
  /** By record: how its ways ended. */
  ended: Uint8Array;
  failures: Map<number, RunError>;
  /** Records from here on are not done: one before them has ended the loop. */
  limit: number;
  /** How the loop ends because of the record at `limit`. */
  end?: Exclude<StepEnd, { kind: 'went' } | { kind: 'waits' }>;
  /** So many of the first records leave entries. */
  samples: number;
  entries: JournalEntry[];
}

export interface Origin {
  runId: string;
  batch: number;
  index: number;
}

/** Ended at a filter. */
export const FILTERED = 1;
/** Came to an end of the inside. */
export const THROUGH = 2;

export interface NewBatch {
  number: number;
  records: readonly Json[];
  origins?: readonly Origin[];
  stepKey: string;
  /** What the loop itself may read. */
  outer: Readonly<Record<string, Json | undefined>>;
  as: string;
  steps: readonly PlannedStep[];
  starts: readonly number[];
  samples: number;
}

export function makeBatch({ number, records, origins, stepKey, outer, as, steps, starts, samples }: NewBatch): Batch {
  const size = records.length;
  const active = new Uint8Array(size * steps.length);
  for (const at of starts) active.fill(1, at * size, (at + 1) * size);
  const scopes: Batch['scopes'] = [];
  for (const record of records) scopes.push({ ...outer, [as]: record });
  return {
    number,
    size,
    records,
    origins,
    scopes,
    key: `${stepKey}[${number}`,
    active,
    ended: new Uint8Array(size),
    failures: new Map(),
    limit: size,
    samples: Math.min(samples, size),
    entries: [],
  };
}

/** Whether this record is still to be done at this step. */
export const isDue = (batch: Batch, at: number, index: number): boolean =>
  index < batch.limit && batch.active[at * batch.size + index] === 1 && !(batch.failures.size > 0 && batch.failures.has(index));

/** Before every step's key of this record: `each[7:3]/`. A record that was read by another run keeps its key. */
export function recordPrefix(batch: Batch, stepKey: string, index: number): string {
  const origin = batch.origins?.[index];
  return origin ? insideItem(stepKey, origin) : `${batch.key}:${index}]/`;
}

/** The step is done and the record goes on at this port; undefined after a filter that said no. */
export function goOn(batch: Batch, step: PlannedStep, index: number, { port, output }: { port: string | undefined; output: Json | undefined }): void {
  if (output !== undefined) batch.scopes[index]![step.id] = output;
  const targets = port === undefined ? undefined : step.next.get(port);
  if (targets === undefined || targets.length === 0) {
    batch.ended[index]! |= port === undefined ? FILTERED : THROUGH;
    return;
  }
  for (const target of targets) batch.active[target * batch.size + index] = 1;
}

/** The record has failed. @param whole - whatever the loop says, the run ends here. */
export function fail(batch: Batch, index: number, error: RunError, { stops, whole }: { stops: boolean; whole: boolean }): void {
  batch.failures.set(index, error);
  if (stops || whole) endAt(batch, index, { kind: 'failed', error, whole: whole || undefined });
}

/** Nothing after this record is done. The earliest one counts. */
export function endAt(batch: Batch, index: number, end: NonNullable<Batch['end']>): void {
  if (batch.end && batch.limit <= index) return;
  batch.limit = index;
  batch.end = end;
}

/** What is left of the batch once all stages are done; what stands behind the record that ended the loop does not count. */
export function countBatch(batch: Batch): { read: number; succeeded: number; failed: number; skipped: number } {
  let skipped = 0;
  let failed = 0;
  const done = batch.limit;
  for (const index of batch.failures.keys()) if (index <= done) failed += 1;
  for (let index = 0; index < done; index += 1) if (batch.ended[index] === FILTERED && !batch.failures.has(index)) skipped += 1;
  const failedBefore = batch.failures.has(done) ? failed - 1 : failed;
  return { read: batch.end ? done + 1 : batch.size, succeeded: done - failedBefore - skipped, failed, skipped };
}
