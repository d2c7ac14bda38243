import { InputError, type JsonSchema } from '@weft/connector-sdk';
import { defineAction, invalidInput, noSuchFile } from '@weft/connector-sdk/author';
import { z } from 'zod';
import { formChosen, readConfig, readForm } from './form-parts.ts';
import { readTable } from './table.ts';

/** A loop takes so many items; larger files are for streams. */
const maxRows = 100_000;

export const read = defineAction({
  id: 'read',
  title: 'Read a CSV file',
  description: 'Reads a file of this workspace into rows. Every value is text; convert numbers and dates in the mapping.',
  keywords: ['excel', 'spreadsheet', 'sheet', 'table', 'xlsx', 'import'],
  summary: 'Read {config.file}',
  config: readConfig,
  output: z.object({
    rows: z.array(z.record(z.string(), z.string())).meta({ title: 'Rows', 'x-open': true }),
    columns: z.array(z.string()).meta({ title: 'Columns' }),
    count: z.int().meta({ title: 'Number of rows' }),
    delimiter: z.string().meta({ title: 'Delimiter that was used' }),
    encoding: z.string().meta({ title: 'Encoding that was used' }),
  }),
  effect: 'read',
  failures: [
    noSuchFile,
    invalidInput(undefined, 'A line of the file cannot be read, or it has more rows than a loop takes.'),
  ],
  samples: [
    {
      title: 'Two leads',
      config: { file: 'leads.csv' },
      output: {
        rows: [{ name: 'Ada Lovelace', email: 'ada@example.com' }, { name: 'Alan Turing', email: 'alan@example.com' }],
        columns: ['name', 'email'],
        count: 2,
        delimiter: ',',
        encoding: 'utf-8',
      },
    },
  ],
  ...readForm(outputSchema),
  async run({ files }, _input, config) {
    const table = await readTable(await files.open(config.file), { ...formChosen(config), maxRows });
    if (table.truncated) {
      throw new InputError(
        ['config', 'file'],
        `The file has more than ${maxRows.toLocaleString('en')} rows. Go through it with a loop over “Rows of a CSV file”, or split it.`,
      );
    }
    const { rows, columns, delimiter, encoding } = table;
    return { rows, columns, count: rows.length, delimiter, encoding };
  },
});

function outputSchema(columns: string[], always: string[]): JsonSchema {
  const properties = Object.fromEntries(columns.map((column) => [column, { type: 'string' as const, title: column }]));
  return {
    type: 'object',
    properties: {
      rows: { type: 'array', title: 'Rows', items: { type: 'object', properties, required: always } },
      columns: { type: 'array', title: 'Columns', items: { type: 'string' } },
      count: { type: 'integer', title: 'Number of rows' },
      delimiter: { type: 'string', title: 'Delimiter that was used' },
      encoding: { type: 'string', title: 'Encoding that was used' },
    },
    required: ['rows', 'columns', 'count'],
  };
}
