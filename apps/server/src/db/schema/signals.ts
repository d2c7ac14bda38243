import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

/** Signals that wait for a run to take them, and the ids of those that were taken in the last seven days. */
export const signals = sqliteTable(
  'signals',
  {
    id: integer().primaryKey(),
    workspaceId: text('workspace_id').notNull(),
    name: text().notNull(),
    key: text().notNull(),
    /** The sender's id. */
    eventId: text('event_id'),
    /** JSON; empty once it is taken. */
    payload: text().notNull(),
    at: integer().notNull(),
    takenAt: integer('taken_at'),
  },
  (table) => [
    index('signals_by_address').on(table.workspaceId, table.name, table.key).where(sql`taken_at is null`),
    uniqueIndex('signals_by_event').on(table.workspaceId, table.name, table.key, table.eventId).where(sql`event_id is not null`),
    index('signals_by_age').on(table.at),
  ],
);
