import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const workspaces = sqliteTable('workspaces', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  /** Stands in the address of this workspace's part of the practice service; not to be guessed by others. */
  practiceToken: text('practice_token').notNull().unique(),
  createdAt: integer('created_at').notNull(),
});
