import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Flows that ask for what is new: one row while the flow is published and switched on. How far they have read is in `cursors`. */
export const polls = sqliteTable('polls', {
  flowId: text('flow_id').primaryKey(),
  workspaceId: text('workspace_id').notNull(),
  intervalMs: integer('interval_ms').notNull(),
  nextAt: integer('next_at').notNull(),
  lastAt: integer('last_at'),
  /** Items of the last poll that succeeded. */
  lastItems: integer('last_items').notNull().default(0),
  /** In a row. */
  failures: integer().notNull().default(0),
  /** What the last poll failed with; null when it succeeded. */
  error: text(),
  /** The process died of it too often: it is not asked by itself any more, see the guard. */
  stopped: integer({ mode: 'boolean' }).notNull().default(false),
});
