import { InputError, type JsonSchema } from '@weft/connector-sdk';
import { choice, defineAction, invalidInput, notFound } from '@weft/connector-sdk/author';
import { z } from 'zod';
import { encodings } from './decode.ts';
import { fileName, workspaceFiles } from './parts.ts';
import { readTable } from './table.ts';

/** A loop takes so many items; larger files are for streams. */
const maxRows = 100_000;

export const read = defineAction({
  id: 'read',
  title: 'Read a CSV file',
  description: 'Reads a file of this workspace into rows. Every value is text; convert numbers and dates in the mapping.',
  summary: 'Read {config.file}',
  config: z.object({
    file: fileName('A CSV file from Files.'),
    header: choice({ auto: 'Find out', yes: 'Yes', no: 'No, it is data' }, { title: 'The first row names the columns' }).default('auto'),
    delimiter: choice(
      { auto: 'Find out', comma: 'Comma ( , )', semicolon: 'Semicolon ( ; )', tab: 'Tab', pipe: 'Pipe ( | )' },
      { title: 'Between the fields' },
    ).default('auto'),
    encoding: z.enum(encodings).default('auto').meta({ title: 'Encoding', description: '"auto" finds it out; change it when letters look wrong.' }),
  }),
  output: z.object({
    rows: z.array(z.record(z.string(), z.string())).meta({ title: 'Rows', 'x-open': true }),
    columns: z.array(z.string()).meta({ title: 'Columns' }),
    count: z.int().meta({ title: 'Number of rows' }),
    delimiter: z.string().meta({ title: 'Delimiter that was used' }),
    encoding: z.string().meta({ title: 'Encoding that was used' }),
  }),
  effect: 'read',
  failures: [
    notFound(undefined, 'There is no such file. Upload it under Files, or choose another one.'),
    invalidInput(undefined, 'The file is not valid CSV, or it has more rows than a loop takes.'),
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
  dynamic: {
    'config.file': { kind: 'options', source: 'files', dependsOn: [] },
    output: { kind: 'schema', source: 'columns', dependsOn: ['config.file', 'config.header', 'config.delimiter', 'config.encoding'] },
  },
  options: { files: workspaceFiles },
  schemas: {
    async columns({ files }, { config }) {
      const options = tableOptions.parse(config);
      const { columns } = readTable(await files.read(options.file), { ...options, maxRows: 20 });
      return outputSchema(columns);
    },
  },
  async run({ files }, _input, config) {
    const table = readTable(await files.read(config.file), { ...config, maxRows });
    if (table.truncated) {
      throw new InputError(['config', 'file'], `The file has more than ${maxRows.toLocaleString('en')} rows. Split it into smaller files.`);
    }
    const { rows, columns, delimiter, encoding } = table;
    return { rows, columns, count: rows.length, delimiter, encoding };
  },
});

/** The same fields as `config`, for the form's live reading: nothing else has validated them there. */
const tableOptions = z.object({
  file: z.string().min(1),
  header: z.enum(['auto', 'yes', 'no']).default('auto'),
  delimiter: z.enum(['auto', 'comma', 'semicolon', 'tab', 'pipe']).default('auto'),
  encoding: z.enum(encodings).default('auto'),
});

function outputSchema(columns: string[]): JsonSchema {
  const properties = Object.fromEntries(columns.map((column) => [column, { type: 'string' as const, title: column }]));
  return {
    type: 'object',
    properties: {
      rows: { type: 'array', title: 'Rows', items: { type: 'object', properties } },
      columns: { type: 'array', title: 'Columns', items: { type: 'string' } },
      count: { type: 'integer', title: 'Number of rows' },
      delimiter: { type: 'string', title: 'Delimiter that was used' },
      encoding: { type: 'string', title: 'Encoding that was used' },
    },
    required: ['rows', 'columns', 'count'],
  };
}
