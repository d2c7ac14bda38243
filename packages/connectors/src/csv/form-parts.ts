import type { DynamicRequest, JsonObject, JsonSchema, OperationContext } from '@weft/connector-sdk';
import { choice, fileName, filesEndingIn } from '@weft/connector-sdk/author';
import { z } from 'zod';
import { encodings, isEncoding } from '../text/encodings.ts';
import { findForm, type FormChoice } from './form.ts';
import { readTable } from './table.ts';

export const workspaceFiles = filesEndingIn('csv', 'tsv', 'txt');

const delimiters = { comma: 'Comma ( , )', semicolon: 'Semicolon ( ; )', tab: 'Tab', pipe: 'Pipe ( | )' };

/** How a table is read: the same in the form, in the form's live reading, and in a run. */
export const readConfig = z.object({
  file: fileName('A CSV file from Files.', 'leads.csv'),
  header: choice({ auto: 'Find out', yes: 'The names of the columns', no: 'Data' }, { title: 'The first row is', 'x-found': 'found.header' }).default('auto'),
  delimiter: choice({ auto: 'Find out', ...delimiters }, { title: 'Between the fields', 'x-found': 'found.delimiter' }).default('auto'),
  above: z
    .int()
    .min(0)
    .max(1_000)
    .optional()
    .meta({
      title: 'Lines above the table',
      description: 'A title, an account or a period that some exports begin with. Left empty, they are counted when the file is chosen.',
      'x-found': 'found.above',
    }),
  encoding: choice(encodings, {
    title: 'Encoding',
    description: 'How letters are written as bytes. Change it when letters look wrong.',
    'x-found': 'found.encoding',
  }).default('auto'),
  /** What "Find out" found when the file was chosen: runs keep to it, so that a flow's columns do not change with the data. */
  found: z
    .object({
      file: z.string(),
      header: z.enum(['yes', 'no']),
      delimiter: z.string(),
      encoding: z.string(),
      above: z.int().min(0).optional(),
      columns: z.int().min(0).optional(),
    })
    .optional()
    .meta({ title: 'Found', readOnly: true }),
});

type ReadConfig = z.output<typeof readConfig>;

/** What was found about another file says nothing about this one. */
export const formChosen = ({ file, header, above, delimiter, encoding, found }: ReadConfig): FormChoice => ({
  header,
  above,
  delimiter,
  encoding,
  ...(found?.file === file && isEncoding(found.encoding) && {
    found: { header: found.header, delimiter: found.delimiter, encoding: found.encoding, above: found.above, columns: found.columns },
  }),
});

/**
 * What is read live in the form: the files, how the chosen one is written, and under `columns` the schema of what comes out: all columns, and
 * those that every row has as far as was looked.
 */
export function readForm(schemaOf: (columns: string[], always: string[]) => JsonSchema) {
  const dependsOn = ['file', 'header', 'above', 'delimiter', 'encoding'].map((field) => `config.${field}`);
  /** As the file looks when it is chosen: earlier findings do not count. */
  const choiceIn = (config: JsonObject) => {
    const { above = 'auto' as const, ...choice } = readConfig.omit({ found: true }).parse(config);
    return { ...choice, above };
  };
  return {
    dynamic: {
      'config.file': { kind: 'options' as const, source: 'files', dependsOn: [] },
      'config.found': { kind: 'schema' as const, source: 'found', dependsOn },
      output: { kind: 'schema' as const, source: 'columns', dependsOn },
    },
    options: { files: workspaceFiles },
    schemas: {
      columns: async ({ files }: OperationContext, { config }: DynamicRequest): Promise<JsonSchema> => {
        const chosen = choiceIn(config);
        const { columns, always } = await readTable(await files.open(chosen.file), { ...chosen, maxRows: looksAt, broken: 'show' });
        return schemaOf(columns, always);
      },
      found: async ({ files }: OperationContext, { config }: DynamicRequest): Promise<JsonSchema> => {
        const chosen = choiceIn(config);
        return { type: 'object', default: { file: chosen.file, ...(await findForm(await files.open(chosen.file), chosen)) } };
      },
    },
  };
}

/** Rows that may be wider than the names of the columns. */
const looksAt = 50;

/** How a table is written. */
export const writeConfig = (fileDescription: string) =>
  z.object({
    file: fileName(fileDescription, 'leads.csv'),
    columns: z
      .array(z.string().min(1))
      .min(1)
      .max(500)
      .meta({ title: 'Columns', description: 'The columns of the file, in order. Each becomes a field to map.', examples: [['name', 'email']] }),
    delimiter: choice(delimiters, { title: 'Between the fields' }).default('comma'),
    writtenFor: choice(
      { any: 'Any program: UTF-8', excel: 'Excel: UTF-8 with a mark in front', 'excel-anywhere': 'Excel in every language: UTF-16 with a line sep=' },
      {
        title: 'Written for',
        description: 'Without a mark Excel takes UTF-8 for something else: Ä becomes Ã„. It expects semicolons in many languages, unless the first line says otherwise.',
      },
    ).default('any'),
    /** A cell that starts like a formula is written as text, so opening the file runs nothing. */
    spreadsheetSafe: z
      .boolean()
      .default(false)
      .meta({
        title: 'Keep spreadsheets from running formulas',
        description: 'Puts an apostrophe before text that starts with =, +, - or @ and is no number. Choose it when the data comes from strangers.',
      }),
  });
