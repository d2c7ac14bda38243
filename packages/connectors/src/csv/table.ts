import { InputError } from '@weft/connector-sdk';
import { CsvError, parse } from 'csv-parse/sync';
import { decode, type Encoding } from './decode.ts';
import { delimiterOf, type Delimiter } from './delimiter.ts';
import { hasHeader, type Header } from './header.ts';

export interface TableOptions {
  /** The first row names the columns; otherwise they are column1, column2 … */
  header: Header;
  delimiter: Delimiter;
  encoding: Encoding;
  /** Read at most so many rows. */
  maxRows: number;
}

export interface Table {
  columns: string[];
  rows: Record<string, string>[];
  delimiter: string;
  encoding: string;
  /** True when there are more rows than were read. */
  truncated: boolean;
}

/**
 * A CSV file as rows of text by column name. Short rows lack their last columns; a row that is too long gets column names
 * of its own rather than losing data.
 * @throws {InputError} at `config.file`, with the line, when the file is not CSV.
 */
export function readTable(bytes: Uint8Array, options: TableOptions): Table {
  const { text, encoding } = decode(bytes, options.encoding);
  const { delimiter, records } = explained(() => {
    const found = delimiterOf(text, options.delimiter);
    return { delimiter: found, records: parseRecords(text, found, options.maxRows + 2) };
  });
  const first = hasHeader(records, options.header) ? records.shift() : undefined;
  const truncated = records.length > options.maxRows;
  if (truncated) records.length = options.maxRows;
  const width = records.reduce((widest, record) => Math.max(widest, record.length), first?.length ?? 0);
  const columns = columnNames(first ?? [], width);
  return { columns, rows: records.map((record) => rowOf(columns, record)), delimiter, encoding, truncated };
}

const parseRecords = (text: string, delimiter: string, to: number): string[][] =>
  parse(text, { delimiter, relax_column_count: true, skip_empty_lines: true, to });

function explained<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new InputError(['config', 'file'], `This file is not valid CSV: ${error.message}. Mend that line, or choose another delimiter.`, { cause: error });
  }
}

/** Empty names are numbered, repeated ones get a suffix: every value stays reachable. */
export function columnNames(header: string[], width: number): string[] {
  const taken = new Set<string>();
  return Array.from({ length: width }, (_, index) => {
    const base = header[index]?.trim() || `column${index + 1}`;
    let name = base;
    for (let suffix = 2; taken.has(name); suffix += 1) name = `${base} ${suffix}`;
    taken.add(name);
    return name;
  });
}

function rowOf(columns: string[], record: string[]): Record<string, string> {
  // No prototype: a column named __proto__ is a column like any other.
  const row: Record<string, string> = Object.create(null);
  record.forEach((value, index) => {
    const column = columns[index];
    if (column !== undefined) row[column] = value;
  });
  return row;
}
