import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** What an administrator holds back in the whole installation: a connector version, or everything. A paused flow says so itself. */
export const holds = sqliteTable('holds', {
  /** `connector:<id>@<version>`, or `drain`. */
  id: text().primaryKey(),
  /** Why, for the people whose runs wait. */
  note: text().notNull(),
  heldBy: text('held_by').notNull(),
  since: integer().notNull(),
});
