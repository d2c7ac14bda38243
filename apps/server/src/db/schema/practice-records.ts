import type { Json } from '@weft/json-schema';
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { workspaces } from './workspaces.ts';

/** What arrived at the practice service. */
export const practiceRecords = sqliteTable(
  'practice_records',
  {
    /** Counts up; the practice service makes its order and ticket numbers from it. */
    id: integer('id').primaryKey({ autoIncrement: true }),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    /** `orders`, `reservations`, `tickets`. */
    kind: text('kind').notNull(),
    /** A repeat with the same Idempotency-Key gets the first answer again. */
    idempotencyKey: text('idempotency_key'),
    received: text('received', { mode: 'json' }).$type<Json>().notNull(),
    answer: text('answer', { mode: 'json' }).$type<Json>().notNull(),
    at: integer('at').notNull(),
  },
  (table) => [index('practice_records_kind').on(table.workspaceId, table.kind, table.id)],
);
