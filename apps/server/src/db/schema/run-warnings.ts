import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** How many warnings a live run has left in its journal, written by the substrate with them. A run without any has no row, and costs nothing. */
export const runWarnings = sqliteTable(
  'run_warnings',
  {
    runId: text('run_id').primaryKey(),
    workspaceId: text('workspace_id').notNull(),
    warnings: integer().notNull(),
  },
  (table) => [index('run_warnings_by_workspace').on(table.workspaceId, table.runId)],
);
