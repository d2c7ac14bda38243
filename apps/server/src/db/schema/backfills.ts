import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Runs that are made up for: ticks of a schedule in the past, or items that a source gave before. How far they are is in `cursors`. */
export const backfills = sqliteTable(
  'backfills',
  {
    /** `bf_` and a UUIDv7. */
    id: text().primaryKey(),
    workspaceId: text('workspace_id').notNull(),
    flowId: text('flow_id').notNull(),
    versionId: text('version_id').notNull(),
    /** What a person entered: moments of a schedule, or what a source is read again from. */
    from: text('range_from').notNull(),
    to: text('range_to'),
    /** Null while the total is unknown. */
    total: integer(),
    status: text({ enum: ['running', 'done', 'failed', 'cancelled'] }).notNull(),
    error: text(),
    createdAt: integer('created_at').notNull(),
    createdBy: text('created_by').notNull(),
    finishedAt: integer('finished_at'),
  },
  (table) => [index('backfills_by_flow').on(table.flowId, table.id)],
);
