import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { InstallationSettings } from '@weft/api';
import { users } from './users.ts';

/** One row, made when the installation is claimed: its existence is the claim. */
export const installation = sqliteTable('installation', {
  /** Always 1. */
  id: integer('id').primaryKey(),
  ownerId: text('owner_id')
    .notNull()
    .references(() => users.id),
  /** What differs from the defaults. */
  settings: text('settings', { mode: 'json' }).$type<Partial<InstallationSettings>>().notNull(),
  claimedAt: integer('claimed_at').notNull(),
});
