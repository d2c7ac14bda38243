import type { FlowDocument } from '@weft/flow';
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { workspaces } from './workspaces.ts';

export const flows = sqliteTable(
  'flows',
  {
    id: text('id').primaryKey(),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    /** Title and connectors of the draft, so that lists need not read whole documents. */
    title: text('title').notNull(),
    connectors: text('connectors', { mode: 'json' }).$type<string[]>().notNull(),
    /** Ids of the connections that the draft uses. */
    connectionIds: text('connection_ids', { mode: 'json' }).$type<string[]>().notNull(),
    /** Rises with every saved draft. */
    revision: integer('revision').notNull(),
    enabled: integer('enabled', { mode: 'boolean' }).notNull(),
    /** Since when it accepts calls and runs nothing; null while it runs. */
    pausedAt: integer('paused_at'),
    /** Number of the version that runs; null before the first publishing. */
    publishedNumber: integer('published_number'),
    /** Whether the draft behaves differently from the published version. */
    unpublishedChanges: integer('unpublished_changes', { mode: 'boolean' }).notNull(),
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
    /** Deleted flows keep their row, so that runs in flight and the history stay whole. */
    deletedAt: integer('deleted_at'),
    // Last: rows that are only listed are read without their long part.
    draft: text('draft', { mode: 'json' }).$type<FlowDocument>().notNull(),
  },
  (table) => [index('flows_workspace').on(table.workspaceId, table.updatedAt)],
);
