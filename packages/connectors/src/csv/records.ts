import type { JsonSchema } from '@weft/connector-sdk';
import { choice, defineSource, invalidInput, notFound } from '@weft/connector-sdk/author';
import { z } from 'zod';
import { encodings } from './decode.ts';
import { fileName, workspaceFiles } from './parts.ts';
import { readRows } from './rows.ts';

/** What a loop reads: the rows of a file of any size. */
export const records = defineSource({
  id: 'records',
  title: 'Rows of a CSV file',
  description: 'Goes through a file of any size row by row. Every value is text; convert numbers and dates in the mapping.',
  summary: 'Rows of {config.file}',
  config: z.object({
    file: fileName('A CSV file from Files.'),
    header: choice({ auto: 'Find out', yes: 'The names of the columns', no: 'Data' }, { title: 'The first row is' }).default('auto'),
    delimiter: choice(
      { auto: 'Find out', comma: 'Comma ( , )', semicolon: 'Semicolon ( ; )', tab: 'Tab', pipe: 'Pipe ( | )' },
      { title: 'Between the fields' },
    ).default('auto'),
    encoding: z.enum(encodings).default('auto').meta({ title: 'Encoding', description: '"auto" finds it out; change it when letters look wrong.' }),
  }),
  record: z.record(z.string(), z.string()).meta({ title: 'Row', 'x-open': true }),
  failures: [
    notFound(undefined, 'There is no such file. Upload it under Files, or choose another one.'),
    invalidInput(undefined, 'The file is not valid CSV, or a row is longer than 8 MB.'),
  ],
  samples: [{ title: 'A lead', config: { file: 'leads.csv' }, record: { name: 'Ada Lovelace', email: 'ada@example.com' } }],
  dynamic: {
    'config.file': { kind: 'options', source: 'files', dependsOn: [] },
    output: { kind: 'schema', source: 'columns', dependsOn: ['config.file', 'config.header', 'config.delimiter', 'config.encoding'] },
  },
  options: { files: workspaceFiles },
  schemas: {
    async columns({ files }, { config }) {
      const given = formFields.parse(config);
      for await (const { records: [row] } of readRows(await files.open(given.file), given, { batchSize: 1 })) return rowSchema(Object.keys(row ?? {}));
      return rowSchema([]);
    },
  },
  async *read({ files }, _input, config, options) {
    yield* readRows(await files.open(config.file), config, options);
  },
});

/** The same fields as `config`, for the form's live reading: nothing else has validated them there. */
const formFields = z.object({
  file: z.string().min(1),
  header: z.enum(['auto', 'yes', 'no']).default('auto'),
  delimiter: z.enum(['auto', 'comma', 'semicolon', 'tab', 'pipe']).default('auto'),
  encoding: z.enum(encodings).default('auto'),
});

const rowSchema = (columns: string[]): JsonSchema => ({
  type: 'object',
  title: 'Row',
  properties: Object.fromEntries(columns.map((column) => [column, { type: 'string', title: column } satisfies JsonSchema])),
});
