import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { workspaces } from './workspaces.ts';

/** What is known about a file of a workspace's folder; the bytes are on disk, and `sizeBytes` says how many of them count. */
export const files = sqliteTable(
  'files',
  {
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    sizeBytes: integer('size_bytes').notNull(),
    updatedAt: integer('updated_at').notNull(),
    /** The run that wrote it last; null for an upload. */
    runId: text('run_id'),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.name] })],
);
