import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { workspaces } from './workspaces.ts';

/** What each step of the run that is writing a file has added, so that a repeat replaces instead of adding again. */
export const fileAdditions = sqliteTable(
  'file_additions',
  {
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    runId: text('run_id').notNull(),
    idempotencyKey: text('idempotency_key').notNull(),
    offset: integer('offset').notNull(),
    length: integer('length').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.name, table.idempotencyKey] }),
    index('file_additions_offset').on(table.workspaceId, table.name, table.offset),
  ],
);
