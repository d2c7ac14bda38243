import { index, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { flows } from './flows.ts';
import { workspaces } from './workspaces.ts';

/** Which flow answers at /hooks/<workspace>/<path>; written when a version is published. */
export const webhookPaths = sqliteTable(
  'webhook_paths',
  {
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    path: text('path').notNull(),
    flowId: text('flow_id')
      .notNull()
      .references(() => flows.id, { onDelete: 'cascade' }),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.path] }), index('webhook_paths_flow').on(table.flowId)],
);
