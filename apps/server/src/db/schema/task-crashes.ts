import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** What was being done beside runs when a process died: written by the guard at the next start. Of what a team has it names ids, files and operations. */
export const taskCrashes = sqliteTable('task_crashes', {
  /** What was done, with what, and in which state that was. */
  place: text().primaryKey(),
  /** In a row. */
  times: integer().notNull(),
  /** The last one, milliseconds since the epoch. */
  at: integer().notNull(),
});
