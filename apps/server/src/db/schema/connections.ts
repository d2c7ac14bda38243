import type { CallRate } from '@weft/connector-sdk';
import type { JsonObject } from '@weft/json-schema';
import { blob, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { workspaces } from './workspaces.ts';

export const connections = sqliteTable(
  'connections',
  {
    id: text('id').primaryKey(),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    title: text('title').notNull(),
    connector: text('connector').notNull(),
    scheme: text('scheme').notNull(),
    config: text('config', { mode: 'json' }).$type<JsonObject>().notNull(),
    /** Names of the credential fields that are set. */
    credentialFields: text('credential_fields', { mode: 'json' }).$type<string[]>().notNull(),
    /** The credentials, encrypted; see vault/seal.ts. Bound to workspace, id and version. */
    sealed: blob('sealed', { mode: 'buffer' }).notNull(),
    /** Rises with every change of the credentials. */
    version: integer('version').notNull(),
    /** At most so many calls a second, minute or hour; null: as many as come. */
    rateLimit: text('rate_limit', { mode: 'json' }).$type<CallRate>(),
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
    testedAt: integer('tested_at'),
    testOk: integer('test_ok', { mode: 'boolean' }),
    testMessage: text('test_message'),
  },
  (table) => [index('connections_workspace').on(table.workspaceId)],
);
