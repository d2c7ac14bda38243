import { and, asc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { QueueFull } from '@weft/engine';
import { isObject, type Json } from '@weft/json-schema';
import type { Db } from '../db/open.ts';
import { runs } from '../db/schema/index.ts';
import type { ReplayVersion, RetryResult, Retryable } from '@weft/api';
import { Refused } from '../refused.ts';
import { newestHolding } from '../runs/search-runs.ts';
import type { Act } from '../stores/audit/act.ts';
import type { Replays } from './replays.ts';

/** So many runs are offered at once … */
export const maxRetries = 1_000;
/** … and so many are started by one call, so that a client can show progress. */
export const maxPerCall = 100;

export interface RetryFilter {
  flow?: string;
  mode?: 'live' | 'test';
  search?: string;
}

/** Failed runs that are done again from the step that failed, many at once. */
export interface Retries {
  find(workspaceId: string, filter: RetryFilter): Promise<Retryable>;
  /** One after the other, so that a thousand of them do not take every place; what cannot be retried is said, not thrown. */
  retry(act: Act, workspaceId: string, request: { runs: readonly string[]; version: ReplayVersion; again: boolean }): Promise<RetryResult>;
}

export interface RetriesParts {
  db: Db;
  replays: Pick<Replays, 'start'>;
}

export function createRetries({ db, replays }: RetriesParts): Retries {
  // By its name in SQL: a column in a list of one table is written without its table, and would mean the inner one.
  const replayed = sql<number>`exists (select 1 from runs r where r.replay_of = runs.id)`;
  const columns = { id: runs.id, status: runs.status, replayed };

  return {
    async find(workspaceId, { flow, mode, search }) {
      const conditions: SQL[] = [eq(runs.workspaceId, workspaceId), eq(runs.status, 'failed'), sql`status in ('failed', 'cancelled')`];
      if (flow !== undefined) conditions.push(eq(runs.flowId, flow));
      if (mode !== undefined) conditions.push(eq(runs.mode, mode));
      const text = search?.trim();
      if (text) conditions.push(newestHolding(db, and(...conditions), text));
      const where = and(...conditions);
      const found = db.select({ id: runs.id, replayed }).from(runs).where(where).orderBy(asc(runs.id)).limit(maxRetries).all();
      const all = found.length < maxRetries ? found.length : (db.select({ count: sql<number>`count(*)` }).from(runs).where(where).get()?.count ?? found.length);
      return { runs: found.map(({ id }) => id), more: all - found.length, retried: found.filter((run) => run.replayed).length };
    },

    async retry(act, workspaceId, { runs: ids, version, again }) {
      const rows = db.select(columns).from(runs).where(and(eq(runs.workspaceId, workspaceId), inArray(runs.id, [...ids]))).all();
      const known = new Map(rows.map((row) => [row.id, row]));
      const result: RetryResult = { started: startedBy(act.begun), skipped: [] };
      const begun = new Set(result.started.map(({ run }) => run));
      const skip = (run: string, reason: RetryResult['skipped'][number]['reason'], message: string): void => void result.skipped.push({ run, reason, message });
      for (const run of new Set(ids)) {
        if (begun.has(run)) continue;
        const row = known.get(run);
        if (!row) skip(run, 'gone', 'This run does not exist any more.');
        else if (row.status !== 'failed') skip(run, 'not_failed', 'This run did not fail.');
        else if (row.replayed && !again) skip(run, 'retried', 'This run has been retried already.');
        else await retryOne(run);
      }
      return result;

      async function retryOne(run: string): Promise<void> {
        try {
          const kept = (runId: string) => act.doneSoFar([...result.started, { run, runId }].map((started) => ({ ...started })));
          const { runId } = await replays.start(act.actorId, { workspaceId, runId: run, from: null, version }, kept);
          result.started.push({ run, runId });
        } catch (failure) {
          if (failure instanceof QueueFull) return skip(run, 'queue_full', failure.message);
          if (!(failure instanceof Refused)) throw failure;
          const reason = failure.status === 404 ? 'gone' : failure.code === 'flow.switched_off' ? 'switched_off' : 'refused';
          skip(run, reason, failure.message);
        }
      }
    },
  };
}

/** What an earlier try of the same request has started. */
function startedBy(begun: Json | undefined): RetryResult['started'] {
  if (!Array.isArray(begun)) return [];
  return begun.flatMap((entry) => {
    const { run, runId } = isObject(entry) ? entry : {};
    return typeof run === 'string' && typeof runId === 'string' ? [{ run, runId }] : [];
  });
}
