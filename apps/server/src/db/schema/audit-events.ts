import type { Json } from '@weft/json-schema';
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Who did what; appended by every writer in the commit of the change itself. Never holds a secret. */
export const auditEvents = sqliteTable(
  'audit_events',
  {
    id: text('id').primaryKey(),
    /** Null for the installation as a whole. */
    workspaceId: text('workspace_id'),
    at: integer('at').notNull(),
    /** A user's id, or `system`. */
    actorId: text('actor_id').notNull(),
    /** `flow.published`, `connection.created` … */
    action: text('action').notNull(),
    subjectId: text('subject_id').notNull(),
    before: text('before', { mode: 'json' }).$type<Json>(),
    after: text('after', { mode: 'json' }).$type<Json>(),
  },
  (table) => [index('audit_events_subject').on(table.workspaceId, table.subjectId, table.at)],
);
