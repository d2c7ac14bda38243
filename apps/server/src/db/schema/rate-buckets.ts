import { integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Token buckets of rate limits: written now and then, always ahead of the calls allowed, so a restart never allows too many. */
export const rateBuckets = sqliteTable('rate_buckets', {
  id: integer().primaryKey(),
  name: text().notNull().unique(),
  /** Full again at this time, milliseconds since the epoch. */
  fullAt: real('full_at').notNull(),
});
