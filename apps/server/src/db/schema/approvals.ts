import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

/** What runs have asked people: written in the commit that parks the run, decided in the commit of the signal that moves it. */
export const approvals = sqliteTable(
  'approvals',
  {
    /** `appr_` and a UUIDv7. */
    id: text().primaryKey(),
    workspaceId: text('workspace_id').notNull(),
    flowId: text('flow_id').notNull(),
    runId: text('run_id').notNull(),
    stepKey: text('step_key').notNull(),
    mode: text({ enum: ['live', 'test'] }).notNull(),
    status: text({ enum: ['open', 'approved', 'rejected', 'timed_out', 'cancelled'] }).notNull(),
    question: text().notNull(),
    /** JSON: `{ users, roles }`. */
    assignees: text().notNull(),
    requestedAt: integer('requested_at').notNull(),
    dueAt: integer('due_at'),
    decidedAt: integer('decided_at'),
    /** JSON: `{ id, name, email }` as they were then. */
    decidedBy: text('decided_by'),
    comment: text(),
    /** JSON of what people are shown. */
    shown: text().notNull(),
  },
  (table) => [
    uniqueIndex('approvals_by_step').on(table.runId, table.stepKey),
    index('approvals_by_workspace').on(table.workspaceId, table.id),
    index('approvals_open').on(table.workspaceId, table.id).where(sql`status = 'open'`),
  ],
);
