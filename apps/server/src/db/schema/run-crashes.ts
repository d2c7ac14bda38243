import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Runs that were in progress when a process died: written by the substrate when the next one opens the store. */
export const runCrashes = sqliteTable('run_crashes', {
  runId: text('run_id').primaryKey(),
  /** In a row, at the same place. */
  times: integer().notNull(),
  /** How far it was. */
  place: text().notNull(),
});
