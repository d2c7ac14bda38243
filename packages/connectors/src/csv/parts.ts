import { choice, fileName, filesEndingIn } from '@weft/connector-sdk/author';
import { z } from 'zod';
import { encodings } from './decode.ts';

export const workspaceFiles = filesEndingIn('csv', 'tsv', 'txt');

const delimiters = { comma: 'Comma ( , )', semicolon: 'Semicolon ( ; )', tab: 'Tab', pipe: 'Pipe ( | )' };

/** How a table is read: the same in the form, in the form's live reading, and in a run. */
export const readConfig = z.object({
  file: fileName('A CSV file from Files.', 'leads.csv'),
  header: choice({ auto: 'Find out', yes: 'The names of the columns', no: 'Data' }, { title: 'The first row is' }).default('auto'),
  delimiter: choice({ auto: 'Find out', ...delimiters }, { title: 'Between the fields' }).default('auto'),
  encoding: z.enum(encodings).default('auto').meta({ title: 'Encoding', description: '"auto" finds it out; change it when letters look wrong.' }),
});

/** What is read live in the form: the files, and under `columns` the schema of what comes out. */
export const readForm = {
  dynamic: {
    'config.file': { kind: 'options' as const, source: 'files', dependsOn: [] },
    output: { kind: 'schema' as const, source: 'columns', dependsOn: Object.keys(readConfig.shape).map((field) => `config.${field}`) },
  },
  options: { files: workspaceFiles },
};

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
    /** A cell that starts like a formula is written as text, so opening the file runs nothing. */
    spreadsheetSafe: z
      .boolean()
      .default(false)
      .meta({
        title: 'Keep spreadsheets from running formulas',
        description: 'Puts an apostrophe before text that starts with =, +, - or @. Choose it when the data comes from strangers.',
      }),
  });
