import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Flows that start by the clock: one row while the flow is published and switched on. */
export const schedules = sqliteTable('schedules', {
  flowId: text('flow_id').primaryKey(),
  workspaceId: text('workspace_id').notNull(),
  cron: text().notNull(),
  /** IANA name. */
  timezone: text().notNull(),
  /** Nothing fires for a moment before this. */
  activeSince: integer('active_since').notNull(),
  /** The last moment that has fired, or was passed over. */
  lastTick: integer('last_tick'),
  /** What happens to moments that were missed. */
  missed: text({ enum: ['once', 'skip'] }).notNull().default('once'),
  /** Why the last start failed; null when it succeeded. */
  error: text(),
});
