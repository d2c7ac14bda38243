import type { FlowDocument } from '@weft/flow';
import { integer, sqliteTable, text, unique } from 'drizzle-orm/sqlite-core';
import { flows } from './flows.ts';
import { users } from './users.ts';
import { workspaces } from './workspaces.ts';

/** Immutable: a row is never updated, so a run stays on the version it began with. */
export const flowVersions = sqliteTable(
  'flow_versions',
  {
    id: text('id').primaryKey(),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    flowId: text('flow_id')
      .notNull()
      .references(() => flows.id, { onDelete: 'cascade' }),
    number: integer('number').notNull(),
    /** Ids of the connections that the document uses. */
    connectionIds: text('connection_ids', { mode: 'json' }).$type<string[]>().notNull(),
    document: text('document', { mode: 'json' }).$type<FlowDocument>().notNull(),
    note: text('note'),
    publishedAt: integer('published_at').notNull(),
    publishedBy: text('published_by')
      .notNull()
      .references(() => users.id),
  },
  (table) => [unique('flow_versions_number').on(table.flowId, table.number)],
);
