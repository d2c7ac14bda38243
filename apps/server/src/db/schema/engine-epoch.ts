import { integer, sqliteTable } from 'drizzle-orm/sqlite-core';

/** One row: rises whenever a process opens the store. Writes of an older epoch are refused. */
export const engineEpoch = sqliteTable('engine_epoch', {
  id: integer().primaryKey(),
  epoch: integer().notNull(),
});
