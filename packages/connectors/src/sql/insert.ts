import { defineAction } from '@weft/connector-sdk/author';
import { z } from 'zod';
import { tableOptions, withDatabase } from './connections.ts';
import type { Row } from './database.ts';
import { failures, makeMissing, row, table } from './parts.ts';
import { makeTable, rowInput, writeRow } from './rows.ts';
import { writeBatch } from './write-batch.ts';

export const insert = defineAction({
  id: 'insert',
  title: 'Insert a row',
  description: 'Adds one row to a table. Its columns are the fields to map.',
  summary: 'Insert into {config.table}',
  connection: 'required',
  config: z.object({ table, makeMissing }),
  input: z.object({ row }),
  output: z.object({ inserted: z.int().meta({ title: 'Rows inserted' }) }),
  effect: 'write',
  failures,
  samples: [{ title: 'A ticket', config: { table: 'tickets' }, input: { row: { number: 1, title: 'It does not start' } }, output: { inserted: 1 } }],
  dynamic: {
    'config.table': { kind: 'options', source: 'tables', dependsOn: ['connection'] },
    input: { kind: 'schema', source: 'columns', dependsOn: ['connection', 'config.table'] },
  },
  options: { tables: tableOptions },
  schemas: { columns: (context, { config }) => withDatabase(context, (database) => rowInput(database, String(config['table'] ?? ''))) },
  sink: {
    resumable: false,
    write: (context, inputs, config) =>
      withDatabase(context, async (database) => {
        const rows = inputs.map(({ row: values }) => values as Row);
        if (config.makeMissing && rows[0]) await makeTable(database, config.table, rows[0], []);
        return writeBatch(database, config.table, rows, []);
      }),
  },
  run: (context, input, config) =>
    withDatabase(context, async (database) => {
      // The host has validated the row as JSON; zod knows it as unknown values.
      const values = input.row as Row;
      if (config.makeMissing) await makeTable(database, config.table, values, []);
      return { inserted: await writeRow(database, config.table, values, []) };
    }),
});
