import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { users } from './users.ts';

/** What a POST with an `Idempotency-Key` was answered, so that sending it again does nothing twice. Kept for a day. */
export const repeatedRequests = sqliteTable(
  'repeated_requests',
  {
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    key: text('key').notNull(),
    /** Of method, path and body: the same key for something else is a mistake of the sender. */
    fingerprint: text('fingerprint').notNull(),
    status: integer('status').notNull(),
    body: text('body').notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.key] }), index('repeated_requests_age').on(table.createdAt)],
);
