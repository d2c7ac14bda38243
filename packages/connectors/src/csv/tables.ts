import { InputError, type FileTables } from '@weft/connector-sdk';
import { readTable } from './table.ts';

/** What a person sees who looks at a CSV file: everything about it is found out, and a row that cannot be read is shown as it stands there. */
export const tables: FileTables = {
  endings: ['csv', 'tsv'],
  async read({ files }, name, { maxRows }) {
    const file = await files.open(name);
    const { columns, rows, truncated } = await readTable(file, { header: 'auto', above: 'auto', delimiter: 'auto', encoding: 'auto', maxRows, broken: 'show' });
    if (columns.length === 0 && file.sizeBytes > 0) throw new InputError(['config', 'file'], 'This file has no rows.');
    return { columns, rows: rows.map((row) => columns.map((column) => row[column] ?? '')), truncated };
  },
};
