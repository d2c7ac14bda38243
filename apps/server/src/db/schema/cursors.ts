import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** How far something outside has been read; written by the substrate, in the commit that starts the runs of what was read. */
export const cursors = sqliteTable('cursors', {
  /** `poll:<flow>` or `backfill:<id>`. */
  name: text().primaryKey(),
  revision: integer().notNull(),
  /** JSON. */
  value: text().notNull(),
});
