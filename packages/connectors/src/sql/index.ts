import { defineConnector } from '@weft/connector-sdk/author';
import { schemes, withDatabase } from './connections.ts';
import { tables } from './file-table.ts';
import { icon } from './icon.ts';
import { insert } from './insert.ts';
import { newRows } from './new-rows.ts';
import { query } from './query.ts';
import { records } from './records.ts';
import { upsert } from './upsert.ts';

export default defineConnector({
  id: 'sql',
  version: '1.0.0',
  title: 'SQL database',
  description: 'Tables in SQLite files of this workspace and in PostgreSQL.',
  icon,
  categories: ['Databases'],
  auth: schemes,
  operations: [newRows, insert, upsert, query, records],
  tables,
  tier: 'verified',
  isolation: 'process',
  testConnection: (context) =>
    withDatabase(context, async (database) => {
      const tables = await database.tables();
      return tables.length === 1 ? 'Connected. There is one table.' : `Connected. There are ${tables.length} tables.`;
    }),
});
