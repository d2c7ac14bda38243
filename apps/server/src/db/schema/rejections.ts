import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Webhook calls that started no run, kept for their flow's owner; only the newest of each flow stay. */
export const rejections = sqliteTable(
  'rejections',
  {
    /** `rej_` and a UUIDv7. */
    id: text().primaryKey(),
    workspaceId: text('workspace_id').notNull(),
    flowId: text('flow_id').notNull(),
    at: integer().notNull(),
    /** `malformed_json`, `too_large`, `not_published`, `switched_off` … */
    reason: text().notNull(),
    message: text().notNull(),
    /** The first kilobyte of the body. */
    excerpt: text().notNull(),
  },
  (table) => [index('rejections_by_flow').on(table.flowId, table.id)],
);
