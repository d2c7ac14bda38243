import { inArray } from 'drizzle-orm';
import { commit, statement } from '../db/commit.ts';
import type { Db } from '../db/open.ts';
import { approvals, blobUses, deadLetters, letterRuns, runCrashes, runJournal, runs, runWaits, runWarnings, streamProgress } from '../db/schema/index.ts';

/** What to keep of one flow's history. */
export interface Keep {
  /** Ended runs of these last days; null: all. */
  days: number | null;
  /** So many newest runs; null: all. */
  runs: number | null;
}

export interface PruneOptions {
  db: Db;
  now: number;
  /** Between two batches: the event loop belongs to others meanwhile. */
  pause(): Promise<void>;
  /** True when the server stops: what is left goes another time. */
  stopping(): boolean;
}

/** One batch may hold up the event loop for about so long; the next one is smaller or larger accordingly. */
const targetMs = 5;
const minBatch = 10;
const maxBatch = 500;
const deadLettersAtOnce = 1_000;
/** Rows that one look counts: an index of millions is walked in pieces. */
const countedAtOnce = 10_000;
const DAY_MS = 86_400_000;

/**
 * Deletes ended runs of one flow that are older than it keeps, or beyond the number that it keeps, with all that belongs to them.
 * Runs with a name or a pin stay, and so do events: a sender's repeat starts no second run although the first is gone. So does a run
 * that is being replayed: its dead letters are what that one reads.
 * @returns how many runs were deleted.
 */
export async function pruneRuns(flowId: string, keep: Keep, options: PruneOptions): Promise<number> {
  const { now } = options;
  const bounds = [keep.days === null ? undefined : { before: idAt(now - keep.days * DAY_MS), endedBefore: now - keep.days * DAY_MS }];
  if (keep.runs !== null) {
    const first = await firstKept(flowId, keep.runs, options);
    if (first !== undefined) bounds.push({ before: first, endedBefore: Number.MAX_SAFE_INTEGER });
  }
  let deleted = 0;
  for (const bound of bounds) if (bound) deleted += await pruneBefore(flowId, bound, options);
  return deleted;
}

interface Bound {
  /** Runs with smaller ids: ids rise with time. */
  before: string;
  /** Milliseconds since the epoch. */
  endedBefore: number;
}

async function pruneBefore(flowId: string, { before, endedBefore }: Bound, options: PruneOptions): Promise<number> {
  const { db, pause, stopping } = options;
  const candidates = db.$client.prepare<[string, string, string, number, number], string>(
    `select id from runs where flow_id = ? and id > ? and id < ? and finished_at < ? and name is null and pinned is not 1
      and not exists (select 1 from runs r where r.replay_of = runs.id and r.status in ('queued', 'running', 'waiting'))
      order by id limit ?`,
  ).pluck();
  let after = '';
  let batch = minBatch;
  let deleted = 0;
  while (!stopping()) {
    const rows = candidates.all(flowId, after, before, endedBefore, batch);
    for (const id of rows) await thinOut(id, options);
    const startedAt = performance.now();
    if (rows.length > 0) await deleteRuns(db, rows);
    deleted += rows.length;
    after = rows.at(-1) ?? after;
    if (rows.length < batch) break;
    const tookMs = performance.now() - startedAt;
    batch = Math.min(maxBatch, Math.max(minBatch, tookMs > targetMs ? Math.floor(batch / 2) : batch * 2));
    await pause();
  }
  return deleted;
}

/** A stream may have left more failed records than one batch should delete: they go first, while their run is still there. */
async function thinOut(runId: string, { db, pause, stopping }: PruneOptions): Promise<void> {
  const some = db.$client.prepare<[string, number], number>('select id from dead_letters where run_id = ? limit ?').pluck();
  for (let ids = some.all(runId, deadLettersAtOnce); ids.length === deadLettersAtOnce && !stopping(); ids = some.all(runId, deadLettersAtOnce)) {
    await commit(db, [statement(db.delete(deadLetters).where(inArray(deadLetters.id, ids)))], { durable: false });
    await pause();
  }
}

/** Not synced: a power cut brings back runs that the next sweep deletes again. */
async function deleteRuns(db: Db, ids: string[]): Promise<void> {
  await commit(
    db,
    [
      ...[
        runJournal, runWaits, streamProgress, deadLetters, letterRuns, approvals, blobUses, runCrashes, runWarnings,
      ].map((table) => statement(db.delete(table).where(inArray(table.runId, ids)))),
      statement(db.delete(runs).where(inArray(runs.id, ids))),
    ],
    { durable: false },
  );
}

/** The oldest of the newest so many runs; undefined where there are fewer. */
async function firstKept(flowId: string, count: number, { db, pause, stopping }: PruneOptions): Promise<string | undefined> {
  const nth = db.$client.prepare<[string, string, number], string>('select id from runs where flow_id = ? and id < ? order by id desc limit 1 offset ?')
    .pluck();
  let id = 'run_~';
  for (let left = count; left > 0; left -= countedAtOnce) {
    const found = nth.get(flowId, id, Math.min(left, countedAtOnce) - 1);
    if (found === undefined || stopping()) return undefined;
    id = found;
    await pause();
  }
  return id;
}

/** The smallest id that a run of this moment may have. */
function idAt(ms: number): string {
  const time = Math.max(0, ms).toString(16).padStart(12, '0');
  return `run_${time.slice(0, 8)}-${time.slice(8)}`;
}
