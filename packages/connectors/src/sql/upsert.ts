import { defineAction } from '@weft/connector-sdk/author';
import { z } from 'zod';
import { keyedTableForm, rowInto, rowsInto } from './into-table.ts';
import { failures, makeMissing, row, table } from './row-parts.ts';

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
  ...keyedTableForm,
  sink: {
    resumable: true,
    write: (context, inputs, config, options) => rowsInto(config, inputs.map((input) => input.row), context, options),
  },
  run: async (context, input, config) => ({ written: await rowInto(config, input.row, context) }),
});
