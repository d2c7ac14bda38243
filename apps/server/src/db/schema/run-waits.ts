import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** What parked runs wait for: a row for each address, and one without an address where only the time counts. Gone when the run ends or parks again. */
export const runWaits = sqliteTable(
  'run_waits',
  {
    id: integer().primaryKey(),
    runId: text('run_id').notNull(),
    workspaceId: text('workspace_id').notNull(),
    stepKey: text('step_key').notNull(),
    /** When the wait ends by itself. */
    until: integer(),
    name: text(),
    key: text(),
  },
  (table) => [
    index('run_waits_by_run').on(table.runId),
    index('run_waits_by_address').on(table.workspaceId, table.name, table.key).where(sql`name is not null`),
    index('run_waits_due').on(table.until).where(sql`until is not null`),
  ],
);
