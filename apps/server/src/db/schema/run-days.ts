import { integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

/** Finished live runs by flow and UTC day, counted in the commit that finishes them, so the overview never scans the history. */
export const runDays = sqliteTable(
  'run_days',
  {
    id: integer().primaryKey(),
    flowId: text('flow_id').notNull(),
    /** Days since 1970-01-01, UTC. */
    day: integer().notNull(),
    succeeded: integer().notNull(),
    failed: integer().notNull(),
  },
  (table) => [uniqueIndex('run_days_unique').on(table.flowId, table.day)],
);
