import type { JsonSchema } from '@weft/connector-sdk';
import { defineSource, invalidInput, noSuchFile } from '@weft/connector-sdk/author';
import { z } from 'zod';
import { formChosen, readConfig, readForm } from './form-parts.ts';
import { readRows } from './read-rows.ts';

/** What a loop reads: the rows of a file of any size. */
export const records = defineSource({
  id: 'records',
  title: 'Rows of a CSV file',
  description: 'Goes through a file of any size row by row. Every value is text; convert numbers and dates in the mapping.',
  summary: 'Rows of {config.file}',
  config: readConfig,
  record: z.record(z.string(), z.string()).meta({ title: 'Row', 'x-open': true }),
  failures: [
    noSuchFile,
    invalidInput(undefined, 'A line of the file cannot be read, or a row is longer than 8 MB.'),
  ],
  samples: [{ title: 'A lead', config: { file: 'leads.csv' }, record: { name: 'Ada Lovelace', email: 'ada@example.com' } }],
  ...readForm((columns, always) => rowSchema(columns, always)),
  async *read({ files }, _input, config, options) {
    yield* readRows(await files.open(config.file), formChosen(config), options);
  },
});

const rowSchema = (columns: string[], always: string[]): JsonSchema => ({
  type: 'object',
  title: 'Row',
  properties: Object.fromEntries(columns.map((column) => [column, { type: 'string', title: column } satisfies JsonSchema])),
  required: always,
});
