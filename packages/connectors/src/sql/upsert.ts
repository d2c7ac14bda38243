import { defineAction } from '@weft/connector-sdk/author';
import { z } from 'zod';
import { tableOptions, withDatabase } from './connections.ts';
import type { Row } from './database.ts';
import { failures, makeMissing, row, table } from './parts.ts';
import { makeTable, rowInput, writeRow } from './rows.ts';
import { writeBatch } from './write-batch.ts';

export const upsert = defineAction({
  id: 'upsert',
  title: 'Insert or update a row',
  description: 'Updates the row with the same key, or adds it. Running it twice leaves one row.',
  summary: 'Insert or update {config.table}',
  connection: 'required',
  config: z.object({
    table,
    keys: z
      .array(z.string().min(1))
      .min(1)
      .meta({ title: 'Key columns', description: 'They find the row to update. The table needs a unique index over them.', examples: [['number']] }),
    makeMissing,
  }),
  input: z.object({ row }),
  output: z.object({ written: z.int().meta({ title: 'Rows written' }) }),
  effect: 'write',
  idempotency: { kind: 'natural' },
  failures,
  samples: [
    { title: 'A ticket', config: { table: 'tickets', keys: ['number'] }, input: { row: { number: 1, title: 'It does not start' } }, output: { written: 1 } },
  ],
  dynamic: {
    'config.table': { kind: 'options', source: 'tables', dependsOn: ['connection'] },
    input: { kind: 'schema', source: 'columns', dependsOn: ['connection', 'config.table'] },
  },
  options: { tables: tableOptions },
  schemas: { columns: (context, { config }) => withDatabase(context, (database) => rowInput(database, String(config['table'] ?? ''))) },
  sink: {
    resumable: true,
    write: (context, inputs, config) =>
      withDatabase(context, async (database) => {
        const rows = inputs.map(({ row: values }) => values as Row);
        if (config.makeMissing && rows[0]) await makeTable(database, config.table, rows[0], config.keys);
        return writeBatch(database, config.table, rows, config.keys);
      }),
  },
  run: (context, input, config) =>
    withDatabase(context, async (database) => {
      const values = input.row as Row;
      if (config.makeMissing) await makeTable(database, config.table, values, config.keys);
      return { written: await writeRow(database, config.table, values, config.keys) };
    }),
});
