import { and, desc, eq, gte, lt, type SQL, sql } from 'drizzle-orm';
import type { RunError } from '@weft/engine';
import type { Json } from '@weft/json-schema';
import { LargeValue } from '../blobs/large-values.ts';
import type { Db } from '../db/open.ts';
import { firstIdAt } from '../db/ids.ts';
import { files, runs } from '../db/schema/index.ts';
import { readStored } from '../db/read-stored.ts';
import type { FlowActivity, Page, RunDetail, RunStatus, RunSummary } from '@weft/api';
import { createDeadLetterStore } from '../stores/dead-letters/dead-letter-store.ts';
import type { RunArchive, ValuePart } from '../substrate/run-archive.ts';
import { progressView } from './stream-progress.ts';
import { READ_BYTES, readRun } from './read-entries.ts';
import { redact } from '../redact/redact.ts';
import type { VersionDocuments } from '../stores/flows/version-documents.ts';
import { lastReplays, runLinks } from './run-links.ts';
import { runSummary } from './run-summary.ts';
import { hasWarnings, warningsOf } from './run-warnings.ts';
import { newestHolding } from './search-runs.ts';

export interface RunFilter {
  flow?: string;
  status?: RunStatus;
  mode?: 'live' | 'test';
  /** Only runs with warnings. */
  warned?: 'yes';
  /** Any text in the flow's title, or in name, payload, answer, steps or error of the newest 2,000 runs that fit the other filters. */
  search?: string;
  /** Started from then on, ISO 8601. */
  since?: string;
  /** Started before then, ISO 8601. */
  before?: string;
  /** `next` of the page before. */
  cursor?: string;
}

/** Run history, redacted. Other workspaces' runs do not exist. */
export interface RunReader {
  list(workspaceId: string, filter: RunFilter): Promise<Page<RunSummary>>;
  /** Null when there is none. */
  summary(workspaceId: string, runId: string): Promise<RunSummary | null>;
  detail(workspaceId: string, runId: string): Promise<RunDetail | null>;
  /** A value that `detail` leaves out for its size, redacted; null when there is no such value. */
  value(workspaceId: string, runId: string, part: ValuePart): Promise<{ value: Json } | null>;
  /** What it was started with, not redacted: to start it again. */
  origin(workspaceId: string, runId: string): Promise<RunOrigin | null>;
  /** Last run and last seven days of flows, for the overview. */
  activity(flowIds: readonly string[]): Promise<Map<string, FlowActivity>>;
}

export interface RunOrigin {
  flowId: string;
  versionId: string;
  mode: 'live' | 'test';
  payload: Json;
  until: string | null;
  status: RunStatus;
  error: RunError | null;
  /** The run whose idempotency keys it uses. */
  keysOf: string;
  /** The loop that it did dead letters of another run again in; null for any other run. */
  deadLettersIn: string | null;
}

const { id, flowId, versionId, mode, status, createdAt, finishedAt, error, name, title, pinned, replayOf } = runs;
const summaryColumns = { id, flowId, versionId, mode, status, createdAt, finishedAt, error, name, title, pinned, replayOf };
const linkColumns = { replayFrom: runs.replayFrom, parentRun: runs.parentRun, parentStep: runs.parentStep };
const pageSize = 50;
const dayMs = 86_400_000;

export function createRunReader(db: Db, documents: Pick<VersionDocuments, 'find'>, archive: RunArchive): RunReader {
  const one = (workspaceId: string, runId: string) => and(eq(runs.id, runId), eq(runs.workspaceId, workspaceId));
  function summariesOf(rows: readonly SummaryRow[]): RunSummary[] {
    const ids = rows.map((row) => row.id);
    const open = letters.openOf(ids);
    const again = lastReplays(db, ids);
    const warnings = warningsOf(db, ids);
    return rows.map((row) => runSummary(
      { ...row, error: parsed<RunError>(row.error), lastReplay: again.get(row.id), openDeadLetters: open.get(row.id), warnings: warnings.get(row.id) },
      documents,
    ));
  }

  const letters = createDeadLetterStore(db);
  const lastRun = db.$client.prepare<[string], { id: string; status: RunStatus; created_at: number }>(
    'select id, status, created_at from runs where flow_id = ? order by id desc limit 1',
  );
  const days = db.$client.prepare<[string, number], { day: number; succeeded: number; failed: number }>(
    'select day, succeeded, failed from run_days where flow_id = ? and day >= ?',
  );

  return {
    async list(workspaceId, filter) {
      const conditions = [eq(runs.workspaceId, workspaceId), ...conditionsOf(workspaceId, filter)];
      const rows = filter.search?.trim()
        ? searched(db, and(...conditions), filter.search.trim())
        : db.select(summaryColumns).from(runs).where(and(...conditions)).orderBy(desc(runs.id)).limit(pageSize + 1).all();
      const items = summariesOf(rows.slice(0, pageSize));
      return { items, next: rows.length > pageSize ? (items.at(-1)?.id ?? null) : null };
    },

    async summary(workspaceId, runId) {
      const row = db.select(summaryColumns).from(runs).where(one(workspaceId, runId)).get();
      return row ? (summariesOf([row])[0] ?? null) : null;
    },

    async detail(workspaceId, runId) {
      const row = db.select({ ...summaryColumns, ...linkColumns }).from(runs).where(one(workspaceId, runId)).get();
      const found = row && documents.find(row.versionId);
      const [summary] = row ? summariesOf([row]) : [];
      const archived = row && archive.read(runId, READ_BYTES);
      if (!archived || !found || !summary) return null;
      const { payload } = archived;
      const { entries, answer, truncated, largeAnswer } = readRun(archived);
      return {
        ...summary,
        document: found.document,
        payload: payload instanceof LargeValue ? null : redact(payload),
        ...(payload instanceof LargeValue && { largePayload: { sizeBytes: payload.sizeBytes } }),
        largeAnswer,
        answer,
        entries,
        truncated,
        ...runLinks(db, documents, row),
        progress: archive.progressOf(runId).map(progressView),
        files: db
          .select({ name: files.name, sizeBytes: files.sizeBytes })
          .from(files)
          .where(and(eq(files.workspaceId, workspaceId), eq(files.runId, runId)))
          .orderBy(files.name)
          .all(),
      };
    },

    async value(workspaceId, runId, part) {
      const row = db.select({ id }).from(runs).where(one(workspaceId, runId)).get();
      const value = row && archive.value(runId, part);
      return value === undefined ? null : { value: redact(value) };
    },

    async origin(workspaceId, runId) {
      const columns = { id, flowId, versionId, mode, status, error, effectsOf: runs.effectsOf, until: runs.untilStep };
      const row = db.select(columns).from(runs).where(one(workspaceId, runId)).get();
      if (!row) return null;
      const { id: own, effectsOf, ...origin } = row;
      // Every run has a payload.
      const payload = archive.value(runId, { part: 'payload' }) ?? null;
      return { ...origin, payload, error: parsed<RunError>(row.error), keysOf: effectsOf ?? own, deadLettersIn: archive.lettersOf(runId)?.stepKey ?? null };
    },

    async activity(flowIds) {
      const today = Math.floor(Date.now() / dayMs);
      return new Map(
        flowIds.map((flow): [string, FlowActivity] => {
          const last = lastRun.get(flow);
          const counts = new Map(days.all(flow, today - 6).map(({ day, succeeded, failed }) => [day, { succeeded, failed }]));
          return [
            flow,
            {
              lastRun: last ? { id: last.id, status: last.status, startedAt: new Date(last.created_at).toISOString() } : null,
              week: Array.from({ length: 7 }, (_, index) => counts.get(today - 6 + index) ?? { succeeded: 0, failed: 0 }),
            },
          ];
        }),
      );
    },
  };
}

type SummaryRow = Pick<typeof runs.$inferSelect,
  | 'id' | 'flowId' | 'versionId' | 'mode' | 'status' | 'createdAt' | 'finishedAt' | 'error' | 'name' | 'title' | 'pinned' | 'replayOf'>;

function conditionsOf(workspaceId: string, { flow, status, mode, warned, since, before, cursor }: RunFilter): SQL[] {
  const conditions: SQL[] = [];
  if (flow !== undefined) conditions.push(eq(runs.flowId, flow));
  if (mode !== undefined) conditions.push(eq(runs.mode, mode));
  if (warned !== undefined) conditions.push(hasWarnings(workspaceId));
  if (since !== undefined) conditions.push(gte(runs.id, firstIdAt('run', Date.parse(since))));
  if (before !== undefined) conditions.push(lt(runs.id, firstIdAt('run', Date.parse(before))));
  if (cursor !== undefined) conditions.push(lt(runs.id, cursor));
  if (status !== undefined) {
    conditions.push(eq(runs.status, status));
    // The rare ones have an index of their own, which SQLite takes only when its condition stands here word by word.
    if (status === 'failed' || status === 'cancelled') conditions.push(sql`status in ('failed', 'cancelled')`);
    if (status === 'waiting') conditions.push(sql`status = 'waiting'`);
    if (status === 'queued' || status === 'running') conditions.push(sql`status in ('queued', 'running')`);
  }
  return conditions;
}

function searched(db: Db, condition: SQL | undefined, text: string): SummaryRow[] {
  return db.select(summaryColumns).from(runs).where(newestHolding(db, condition, text)).orderBy(desc(runs.id)).limit(pageSize + 1).all();
}

const parsed = <T>(text: string | null): T | null => (text === null ? null : readStored<T>(text));
