import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** The documents test runs were made with, stored once however often they run; named by their content. */
export const runDocuments = sqliteTable('run_documents', {
  /** `doc_` and the SHA-256 of workspace and document. */
  id: text().primaryKey(),
  workspaceId: text('workspace_id').notNull(),
  /** JSON of FlowDocument. */
  document: text().notNull(),
  createdAt: integer('created_at').notNull(),
});
