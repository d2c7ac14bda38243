import type { Json } from '@weft/connector-sdk';
import { stringify } from 'csv-stringify/sync';
import { delimiters } from './delimiter.ts';

export interface WriteOptions {
  columns: string[];
  delimiter: 'comma' | 'semicolon' | 'tab' | 'pipe';
  spreadsheetSafe: boolean;
}

/**
 * Rows as the bytes of a CSV file in UTF-8, one line each (RFC 4180 quoting).
 * @param header - put the line with the column names first.
 */
export function encode(rows: Record<string, Json>[], header: boolean, { columns, delimiter, spreadsheetSafe }: WriteOptions): Uint8Array {
  const lines = rows.map((row) => columns.map((column) => (Object.hasOwn(row, column) ? cell(row[column]) : '')));
  if (header) lines.unshift(columns);
  const text = stringify(lines, { delimiter: delimiters[delimiter], escape_formulas: spreadsheetSafe });
  return new TextEncoder().encode(text);
}

/** Null is an empty cell; lists and records are written as JSON. */
function cell(value: Json | undefined): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
