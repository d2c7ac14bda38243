import type { FileTables } from '@weft/connector-sdk';
import { readTable } from './table.ts';

/** What a person sees who looks at a CSV file: everything about it is guessed. */
export const tables: FileTables = {
  endings: ['csv', 'tsv'],
  read(bytes, { maxRows }) {
    const { columns, rows, truncated } = readTable(bytes, { header: 'auto', delimiter: 'auto', encoding: 'auto', maxRows });
    return { columns, rows: rows.map((row) => columns.map((column) => row[column] ?? '')), truncated };
  },
};
