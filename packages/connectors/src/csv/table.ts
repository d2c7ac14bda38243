import { InputError, type OpenFile } from '@weft/connector-sdk';
import type { Encoding } from '../text/encodings.ts';
import { columnNames } from './column-names.ts';
import { formOf, type FormChoice } from './form.ts';
import { rowsOf } from './read-rows.ts';

export interface Table {
  columns: string[];
  /** Those that every row has that can be read: a short row lacks its last ones. */
  always: string[];
  rows: Record<string, string>[];
  delimiter: string;
  encoding: Encoding;
  /** True when there are more rows than were read. */
  truncated: boolean;
}

export interface TableOptions extends FormChoice {
  /** Read at most so many rows. */
  maxRows: number;
  /** What happens with a row that cannot be read. Default `refuse`: the whole file cannot. `show`: it stands in the first column as it is. */
  broken?: 'refuse' | 'show';
}

/**
 * A CSV file as rows of text by column name: what a stream of it gives, collected.
 * @throws {InputError} at `config.file`, with the line, where a row cannot be read.
 */
export async function readTable(file: OpenFile, { maxRows, broken = 'refuse', ...choice }: TableOptions): Promise<Table> {
  const form = await formOf(file, choice);
  const rows: Record<string, string>[] = [];
  let width = form.columns.length;
  let least = width;
  for await (const { records, unreadable = [] } of rowsOf(file, form, { batchSize: Math.min(1_000, maxRows + 1) })) {
    if (broken === 'refuse' && unreadable[0]) throw new InputError(['config', 'file'], `This file cannot be read as a table. ${unreadable[0].message}`);
    const begin = rows.length;
    // A reader of rows yields objects of texts, also for a row of the wrong width.
    for (const row of records as Record<string, string>[]) {
      const cells = Object.keys(row).length;
      width = Math.max(width, cells);
      least = Math.min(least, cells);
      rows.push(row);
    }
    for (const { at, record } of unreadable) {
      rows.splice(begin + at, 0, typeof record === 'string' ? { [form.columns[0] ?? 'column1']: record } : (record as Record<string, string>));
    }
    if (rows.length > maxRows) break;
  }
  const truncated = rows.length > maxRows;
  if (truncated) rows.length = maxRows;
  const columns = columnNames(form.columns, width);
  return { columns, always: columns.slice(0, least), rows, delimiter: form.delimiter, encoding: form.text.encoding() ?? 'utf-8', truncated };
}
