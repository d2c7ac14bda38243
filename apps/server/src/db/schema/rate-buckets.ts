import { integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Token buckets of rate limits: written now and then, always ahead of what was given out, so a restart never gives too much. */
export const rateBuckets = sqliteTable('rate_buckets', {
  id: integer().primaryKey(),
  name: text().notNull().unique(),
  /** Full again at this time, milliseconds since the epoch. */
  fullAt: real('full_at').notNull(),
});
