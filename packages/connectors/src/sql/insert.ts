import { defineAction } from '@weft/connector-sdk/author';
import { z } from 'zod';
import { rowInto, rowsInto, tableForm } from './into-table.ts';
import { failures, makeMissing, row, table } from './row-parts.ts';

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
  ...tableForm,
  sink: {
    resumable: false,
    write: (context, inputs, config, options) => rowsInto({ ...config, keys: [] }, inputs.map((input) => input.row), context, options),
  },
  run: async (context, input, config) => ({ inserted: await rowInto({ ...config, keys: [] }, input.row, context) }),
});
