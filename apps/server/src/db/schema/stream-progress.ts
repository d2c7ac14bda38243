import { integer, sqliteTable, text, unique } from 'drizzle-orm/sqlite-core';

/** How far each loop over a stream is: one row, replaced with every commit of its run. Written by the substrate. */
export const streamProgress = sqliteTable(
  'stream_progress',
  {
    id: integer().primaryKey(),
    runId: text('run_id').notNull(),
    stepKey: text('step_key').notNull(),
    /** JSON of StreamProgress. */
    progress: text().notNull(),
  },
  (table) => [unique('stream_progress_of').on(table.runId, table.stepKey)],
);
