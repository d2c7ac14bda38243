import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Records of streams that failed, inserted by the substrate in the commit of their batch. The wide columns stand last. */
export const deadLetters = sqliteTable(
  'dead_letters',
  {
    /** Rises; a letter that is gone leaves its number unused. */
    id: integer().primaryKey({ autoIncrement: true }),
    workspaceId: text('workspace_id').notNull(),
    flowId: text('flow_id').notNull(),
    runId: text('run_id').notNull(),
    /** The loop. */
    stepKey: text('step_key').notNull(),
    batch: integer().notNull(),
    index: integer('idx').notNull(),
    /** The run that read it first. */
    originRunId: text('origin_run_id').notNull(),
    at: integer().notNull(),
    /** The run that does it again; set in the commit that starts that run. */
    replayedBy: text('replayed_by'),
    discardedAt: integer('discarded_at'),
    /** JSON of RunError. */
    error: text().notNull(),
    /** JSON. */
    record: text().notNull(),
  },
  (table) => [
    index('dead_letters_by_run').on(table.runId, table.id),
    index('dead_letters_by_flow').on(table.flowId, table.id),
    index('dead_letters_open').on(table.runId).where(sql`replayed_by is null and discarded_at is null`),
    index('dead_letters_again').on(table.replayedBy, table.id).where(sql`replayed_by is not null`),
  ],
);

/** What a run was started with that does dead letters again. */
export const letterRuns = sqliteTable('letter_runs', {
  runId: text('run_id').primaryKey(),
  /** JSON of DeadLettersOf. */
  letters: text().notNull(),
});
