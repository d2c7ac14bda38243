import type { Json } from '@weft/connector-sdk';
import { stringify } from 'csv-stringify/sync';
import { delimiters } from './delimiter.ts';

export interface WriteOptions {
  columns: string[];
  delimiter: 'comma' | 'semicolon' | 'tab' | 'pipe';
  /** `excel`: with a byte order mark. `excel-anywhere`: UTF-16, and a line that says what stands between the fields. */
  writtenFor: 'any' | 'excel' | 'excel-anywhere';
  spreadsheetSafe: boolean;
}

/**
 * Rows as the bytes of a CSV file, one line each (RFC 4180 quoting).
 * @param begins - nothing stands before them: what belongs to the beginning comes first, with the line of the column names.
 */
export function encode(rows: Record<string, Json>[], begins: boolean, { columns, delimiter, writtenFor, spreadsheetSafe }: WriteOptions): Uint8Array {
  const cellOf = spreadsheetSafe ? (value: Json | undefined) => guarded(value) : plain;
  const lines = rows.map((row) => columns.map((column) => cellOf(Object.hasOwn(row, column) ? row[column] : null)));
  if (begins) lines.unshift(columns.map(cellOf));
  // A lone empty field would be an empty line, which is no row.
  const text = stringify(lines, { delimiter: delimiters[delimiter], quoted_match: /[\r\n]/, quoted_empty: columns.length === 1 });
  if (writtenFor === 'excel-anywhere') return Buffer.from(`${begins ? `\ufeffsep=${delimiters[delimiter]}\n` : ''}${text}`, 'utf16le');
  return Buffer.from(`${begins && writtenFor === 'excel' ? '\ufeff' : ''}${text}`);
}

/** Null is an empty cell; lists and records are written as JSON. */
function plain(value: Json | undefined): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** What spreadsheets run, behind blanks and in full width too. */
const formula = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/;
const number = /^[+-]?\d[\d.,]*(?:e[+-]?\d+)?$/i;

/** Only texts can be formulas: a negative number stays one, as a text too. */
const guarded = (value: Json | undefined): string => {
  const text = plain(value);
  return typeof value === 'string' && formula.test(text) && !number.test(text) ? `'${text}` : text;
};
