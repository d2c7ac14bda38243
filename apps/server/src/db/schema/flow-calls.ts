import type { OperationRef } from '@weft/flow';
import { index, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { flows } from './flows.ts';
import { workspaces } from './workspaces.ts';

/**
 * How a flow takes part in calls between flows, so that whole documents need not be read for it: of the version that runs, or before the first
 * publishing of the draft.
 */
export const flowCalls = sqliteTable(
  'flow_calls',
  {
    flowId: text('flow_id')
      .primaryKey()
      .references(() => flows.id, { onDelete: 'cascade' }),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    /** The operation that starts it; null while it has no trigger. */
    trigger: text('trigger', { mode: 'json' }).$type<OperationRef>(),
    /** Ids of the flows that it calls. */
    calls: text('calls', { mode: 'json' }).$type<string[]>().notNull(),
  },
  (table) => [index('flow_calls_workspace').on(table.workspaceId)],
);
