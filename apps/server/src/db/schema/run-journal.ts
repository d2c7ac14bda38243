import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** What runs committed before they became final: one row a commit, in the order of `id`. */
export const runJournal = sqliteTable(
  'run_journal',
  {
    id: integer().primaryKey(),
    runId: text('run_id').notNull(),
    /** JSON list of JournalEntry. */
    entries: text().notNull(),
  },
  (table) => [index('run_journal_by_run').on(table.runId)],
);
