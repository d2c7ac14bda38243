import type { OptionsHandler } from '@weft/connector-sdk';
import { choice } from '@weft/connector-sdk/author';
import { z } from 'zod';

/** What reading and writing have in common in their forms. */
export const fileName = (description: string) =>
  z.string().min(1).max(200).meta({ title: 'File', description, examples: ['leads.csv'], 'x-widget': 'file' });

export const writtenDelimiter = choice({ comma: 'Comma ( , )', semicolon: 'Semicolon ( ; )', tab: 'Tab', pipe: 'Pipe ( | )' }, { title: 'Between the fields' }).default('comma');

export const columnList = z
  .array(z.string().min(1))
  .min(1)
  .max(500)
  .meta({ title: 'Columns', description: 'The columns of the file, in order. Each becomes a field to map.', examples: [['name', 'email']] });

/** A cell that starts like a formula is written as text, so opening the file runs nothing. */
export const spreadsheetSafe = z
  .boolean()
  .default(false)
  .meta({
    title: 'Keep spreadsheets from running formulas',
    description: 'Puts an apostrophe before text that starts with =, +, - or @. Choose it when the data comes from strangers.',
  });

export const workspaceFiles: OptionsHandler = async ({ files }) => {
  const all = await files.list();
  return all.filter(({ name }) => /\.(csv|tsv|txt)$/i.test(name)).map(({ name }) => ({ value: name, title: name }));
};
