import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

/** Senders' event ids, kept for seven days: apart from the runs, so that pruning these keeps the promise of one run per event. */
export const runEvents = sqliteTable(
  'run_events',
  {
    id: integer().primaryKey(),
    flowId: text('flow_id').notNull(),
    eventId: text('event_id').notNull(),
    runId: text('run_id').notNull(),
    at: integer().notNull(),
  },
  (table) => [uniqueIndex('run_events_unique').on(table.flowId, table.eventId), index('run_events_by_age').on(table.at)],
);
