import type { Database } from 'better-sqlite3';

interface Prepared<P extends unknown[], R> {
  run(...parameters: P): { changes: number };
  get(...parameters: P): R | undefined;
  all(...parameters: P): R[];
}

/**
 * The substrate's statements, prepared once. Raw SQL instead of the query builder because these run several thousand times a
 * second; the tables are those of db/schema.
 */
export function prepareStatements(database: Database) {
  const prepare = <P extends unknown[], R = unknown>(sql: string): Prepared<P, R> => database.prepare<P, R>(sql);
  return {
    raiseEpoch: prepare<[], { epoch: number }>(
      'insert into engine_epoch (id, epoch) values (1, 1) on conflict (id) do update set epoch = epoch + 1 returning epoch',
    ),
    giveBack: prepare<[runId: string, epoch: number]>("update runs set status = 'queued' where id = ? and status = 'running' and epoch = ?"),
    giveAllBack: prepare<[epoch: number]>("update runs set status = 'queued' where status = 'running' and status in ('queued', 'running') and epoch = ?"),
    forgetEvents: prepare<[before: number, limit: number]>('delete from run_events where id in (select id from run_events where at < ? limit ?)'),
    insertRun: prepare<RunParameters>(
      `insert into runs (id, workspace_id, flow_id, version_id, mode, status, epoch, created_at, finished_at, until_step, event_id,
        traceparent, error, answer, payload, entries) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    linkRun: prepare<
      [
        replayOf: string | null,
        replayFrom: string | null,
        effectsOf: string | null,
        parentRun: string | null,
        parentStep: string | null,
        depth: number | null,
        runId: string,
      ]
    >('update runs set replay_of = ?, replay_from = ?, effects_of = ?, parent_run = ?, parent_step = ?, depth = ? where id = ?'),
    parentOf: prepare<[runId: string], { workspace_id: string; parent_run: string }>(
      'select workspace_id, parent_run from runs where id = ? and parent_run is not null',
    ),
    openChildren: prepare<[runId: string], { id: string }>("select id from runs where parent_run = ? and status in ('queued', 'running', 'waiting')"),
    insertEvent: prepare<[flowId: string, eventId: string, runId: string, at: number]>(
      'insert into run_events (flow_id, event_id, run_id, at) values (?, ?, ?, ?)',
    ),
    runOfEvent: prepare<[flowId: string, eventId: string, after: number], { run_id: string }>(
      'select run_id from run_events where flow_id = ? and event_id = ? and at >= ?',
    ),
    seenEvents: prepare<[flowId: string, eventIds: string, after: number], { event_id: string }>(
      'select event_id from run_events where flow_id = ? and event_id in (select value from json_each(?)) and at >= ?',
    ),
    forgetEvent: prepare<[flowId: string, eventId: string]>('delete from run_events where flow_id = ? and event_id = ?'),
    runExists: prepare<[runId: string], { id: string }>('select id from runs where id = ?'),
    highestId: prepare<[], { id: string }>('select id from runs order by id desc limit 1'),
    // Conditions stand here as they stand in the indexes: only so does SQLite take them.
    countQueued: prepare<[], QueueRow & { queued: number; ready: number }>(
      `select workspace_id, flow_id, version_id, mode, count(*) as queued, sum(held is null) as ready from runs
        where status = 'queued' group by workspace_id, flow_id, version_id, mode`,
    ),
    readyRuns: prepare<[workspaceId: string, flowId: string, versionId: string, mode: string, limit: number], RunRow>(
      `select * from runs where status = 'queued' and workspace_id = ? and flow_id = ? and version_id = ? and mode = ? and held is null
        order by id limit ?`,
    ),
    markRunning: prepare<[runId: string]>("update runs set status = 'running' where id = ?"),
    queuedRun: prepare<[runId: string], QueueRow & { held: number | null; run_key: string | null }>(
      "select workspace_id, flow_id, version_id, mode, held, run_key from runs where id = ? and status = 'queued'",
    ),
    openRun: prepare<[runId: string], OpenRow>(
      "select id, workspace_id, flow_id, version_id, mode, status, held, run_key from runs where id = ? and status in ('queued', 'running', 'waiting')",
    ),
    setTitle: prepare<[title: string, runId: string]>('update runs set title = ? where id = ?'),
    setKey: prepare<[key: string, held: 1 | null, runId: string]>('update runs set run_key = ?, held = ? where id = ?'),
    holderOfKey: prepare<[flowId: string, key: string], { id: string }>(
      `select id from runs where run_key is not null and status in ('queued', 'running', 'waiting') and flow_id = ? and run_key = ? and held is null limit 1`,
    ),
    nextOfKey: prepare<[flowId: string, key: string], QueueRow & { id: string }>(
      `select id, workspace_id, flow_id, version_id, mode from runs
        where run_key is not null and status in ('queued', 'running', 'waiting') and flow_id = ? and run_key = ? and held = 1 order by id limit 1`,
    ),
    freeKey: prepare<[runId: string]>('update runs set held = null where id = ?'),
    /** The first run of each free key: those before it were in progress when the process died, and never on disk. */
    freeKeys: prepare<[]>(
      `update runs set held = null where id in (
        select min(id) from runs r where status = 'queued' and held = 1 and not exists (
          select 1 from runs o where o.run_key is not null and o.status in ('queued', 'running', 'waiting')
            and o.flow_id = r.flow_id and o.run_key = r.run_key and o.held is null)
        group by flow_id, run_key)`,
    ),
    lease: prepare<[epoch: number, runId: string]>('update runs set epoch = ? where id = ?'),
    loadRun: prepare<[runId: string], Pick<RunRow, 'payload' | 'entries'>>('select payload, entries from runs where id = ?'),
    loadJournal: prepare<[runId: string], { entries: string }>('select entries from run_journal where run_id = ? order by id'),
    append: prepare<[runId: string, entries: string, runId: string, epoch: number]>(
      `insert into run_journal (run_id, entries)
        select ?, ? where exists (select 1 from runs where id = ? and status = 'running' and epoch = ?)`,
    ),
    /** Whether the lease still holds: one changed row. */
    touch: prepare<[runId: string, epoch: number]>("update runs set epoch = epoch where id = ? and status = 'running' and epoch = ?"),
    copyToJournal: prepare<[runId: string]>('insert into run_journal (run_id, entries) select id, entries from runs where id = ? and entries is not null'),
    clearEntries: prepare<[runId: string]>('update runs set entries = null where id = ?'),
    appendFirst: prepare<[runId: string, entries: string]>('insert into run_journal (run_id, entries) values (?, ?)'),
    isLeased: prepare<[runId: string, epoch: number], { id: string }>("select id from runs where id = ? and status = 'running' and epoch = ?"),
    park: prepare<[status: string, runId: string, epoch: number]>("update runs set status = ? where id = ? and status = 'running' and epoch = ?"),
    /** `more`: a JSON list without what opens it, for what the row holds already. */
    finish: prepare<
      [status: string, at: number, error: string | null, answer: string | null, more: string, runId: string, epoch: number]
    >(
      `update runs set status = ?, finished_at = ?, error = ?, answer = ?, entries = coalesce(substr(entries, 1, length(entries) - 1), '[') || ?
        where id = ? and status = 'running' and epoch = ?`,
    ),
    addWarnings: prepare<[runId: string, workspaceId: string, warnings: number]>(
      'insert into run_warnings (run_id, workspace_id, warnings) values (?, ?, ?) on conflict (run_id) do update set warnings = warnings + excluded.warnings',
    ),
    cancel: prepare<[at: number, runId: string]>(
      "update runs set status = 'cancelled', finished_at = ? where id = ? and status in ('queued', 'running', 'waiting')",
    ),
    fullAt: prepare<[name: string], { full_at: number }>('select full_at from rate_buckets where name = ?'),
    saveFullAt: prepare<[name: string, fullAt: number]>(
      'insert into rate_buckets (name, full_at) values (?, ?) on conflict (name) do update set full_at = excluded.full_at',
    ),
    countDay: prepare<[flowId: string, day: number, succeeded: number, failed: number]>(
      `insert into run_days (flow_id, day, succeeded, failed) values (?, ?, ?, ?)
        on conflict (flow_id, day) do update set succeeded = succeeded + excluded.succeeded, failed = failed + excluded.failed`,
    ),
  };
}

export type Statements = ReturnType<typeof prepareStatements>;

export type RunParameters = [
  id: string,
  workspaceId: string,
  flowId: string,
  versionId: string,
  mode: string,
  status: string,
  epoch: number,
  createdAt: number,
  finishedAt: number | null,
  untilStep: string | null,
  eventId: string | null,
  traceparent: string | null,
  error: string | null,
  answer: string | null,
  payload: string,
  entries: string | null,
];

/** Where a run stands in the queue. */
export interface QueueRow {
  workspace_id: string;
  flow_id: string;
  version_id: string;
  mode: 'live' | 'test';
}

export interface OpenRow extends QueueRow {
  id: string;
  status: string;
  held: number | null;
  run_key: string | null;
}

/** A row of `runs` as the statements above read it. */
export interface RunRow extends QueueRow {
  id: string;
  status: string;
  epoch: number;
  created_at: number;
  finished_at: number | null;
  until_step: string | null;
  event_id: string | null;
  traceparent: string | null;
  replay_of: string | null;
  replay_from: string | null;
  effects_of: string | null;
  parent_run: string | null;
  parent_step: string | null;
  depth: number | null;
  run_key: string | null;
  error: string | null;
  answer: string | null;
  payload: string;
  entries: string | null;
}
