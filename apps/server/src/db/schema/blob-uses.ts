import { index, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Which run names which large value in the file store; written in the commit that names it, gone after the run. */
export const blobUses = sqliteTable(
  'blob_uses',
  {
    runId: text('run_id').notNull(),
    sha256: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.sha256] }), index('blob_uses_by_blob').on(table.sha256)],
);
