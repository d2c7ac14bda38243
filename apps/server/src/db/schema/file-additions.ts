import { index, integer, sqliteTable, text, unique } from 'drizzle-orm/sqlite-core';
import { workspaces } from './workspaces.ts';

/** What each step of the run that is writing a file has added, so that a repeat replaces instead of adding again. */
export const fileAdditions = sqliteTable(
  'file_additions',
  {
    /** Counts up: the order of the additions in the file, which empty ones would not show by their offset. */
    id: integer('id').primaryKey(),
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
    unique('file_additions_key').on(table.workspaceId, table.name, table.idempotencyKey),
    index('file_additions_order').on(table.workspaceId, table.name, table.id),
  ],
);
