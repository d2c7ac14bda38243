import { runStatuses } from '@weft/api';
import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/**
 * One row a run, written by the substrate. The wide columns stand last: a list of runs never reads their pages. `entries` holds
 * the journal entries of the commit that made the run final, and before them those of its first commit where there was none in
 * between: so a run with one effect is still one row. All others are in run_journal, and come before those in the row.
 */
export const runs = sqliteTable(
  'runs',
  {
    /** `run_` and a UUIDv7: ordered by the time of arrival. */
    id: text().primaryKey(),
    workspaceId: text('workspace_id').notNull(),
    flowId: text('flow_id').notNull(),
    versionId: text('version_id').notNull(),
    mode: text({ enum: ['live', 'test'] }).notNull(),
    status: text({ enum: runStatuses }).notNull(),
    /** The epoch of the process that leased it last; 0 before the first lease. */
    epoch: integer().notNull(),
    createdAt: integer('created_at').notNull(),
    finishedAt: integer('finished_at'),
    /** Test runs: the step after which they stop. */
    untilStep: text('until_step'),
    eventId: text('event_id'),
    traceparent: text(),
    /** The run that this one replays, and from which step. */
    replayOf: text('replay_of'),
    replayFrom: text('replay_from'),
    /** The run whose idempotency keys it uses. */
    effectsOf: text('effects_of'),
    /** The run and the step that called it as a sub-flow, and how many calls deep it is. */
    parentRun: text('parent_run'),
    parentStep: text('parent_step'),
    depth: integer(),
    /** What a person called it. */
    name: text(),
    /** 1 where a person wants to keep it. */
    pinned: integer({ mode: 'boolean' }),
    /** What keeps it in order among the runs of its flow. */
    runKey: text('run_key'),
    /** 1 while a run with the same key is ahead of it in the queue. */
    held: integer(),
    /** What its flow calls it by: an order number. Null takes no room, so lists read the wide columns of titled runs only. */
    title: text(),
    /** RunError as JSON. */
    error: text(),
    /** JSON of Answer. */
    answer: text(),
    /** JSON of what the trigger received. */
    payload: text().notNull(),
    /** JSON list of JournalEntry. */
    entries: text(),
  },
  (table) => [
    index('runs_by_workspace').on(table.workspaceId, table.id),
    index('runs_by_flow').on(table.flowId, table.id),
    index('runs_open').on(table.status, table.createdAt).where(sql`status in ('queued', 'running')`),
    index('runs_waiting').on(table.workspaceId, table.id).where(sql`status = 'waiting'`),
    index('runs_queued').on(table.workspaceId, table.flowId, table.versionId, table.mode, table.held, table.id).where(sql`status = 'queued'`),
    index('runs_keyed').on(table.flowId, table.runKey, table.held, table.id).where(sql`run_key is not null and status in ('queued', 'running', 'waiting')`),
    index('runs_of_documents').on(table.versionId).where(sql`mode = 'test'`),
    index('runs_by_replayed').on(table.replayOf).where(sql`replay_of is not null`),
    index('runs_by_parent').on(table.parentRun).where(sql`parent_run is not null`),
    index('runs_unsuccessful').on(table.workspaceId, table.id).where(sql`status in ('failed', 'cancelled')`),
  ],
);
