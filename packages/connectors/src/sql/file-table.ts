import { InputError, type FileTables } from '@weft/connector-sdk';
import type Database from 'better-sqlite3';
import { quoted } from './database.ts';
import { maxResultBytes, sizeOf } from './result-size.ts';
import { explained } from './sqlite-failure.ts';
import { openSqliteFile } from './sqlite-file.ts';

/** Longer texts are cut: a table shows no more of them. */
const maxCellLength = 2_000;

/** What a person sees who looks at a SQLite file: the newest rows of its fullest table. */
export const tables: FileTables = {
  endings: ['sqlite', 'db'],
  async read({ files }, name, { maxRows }) {
    const { database } = openSqliteFile(await files.database(name));
    try {
      return explained(() => newestRows(database, maxRows));
    } finally {
      database.close();
    }
  },
};

function newestRows(database: Database.Database, maxRows: number) {
  const names = database.prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`).pluck().all();
  const fullest = names.map((name) => ({ name, count: count(database, name) })).toSorted((one, other) => other.count - one.count)[0];
  if (!fullest) throw new InputError(['config', 'file'], 'This database has no table.');
  const statement = database.prepare<[number], unknown[]>(`SELECT * FROM ${quoted(fullest.name)} LIMIT ? OFFSET ${Math.max(0, fullest.count - maxRows)}`);
  const columns = statement.columns().map(({ name }) => name);
  const rows: string[][] = [];
  let bytes = 0;
  for (const row of statement.raw().iterate(maxRows)) {
    // What `raw` gives.
    const values = row as unknown[];
    rows.push(values.map(cell));
    bytes += sizeOf(values);
    if (bytes > maxResultBytes) break;
  }
  return { columns, rows, truncated: bytes > maxResultBytes || fullest.count > maxRows || names.length > 1 };
}

const count = (database: Database.Database, table: string): number => database.prepare<[], number>(`SELECT count(*) FROM ${quoted(table)}`).pluck().get() ?? 0;

function cell(value: unknown): string {
  if (value === null) return '';
  if (Buffer.isBuffer(value)) return `${value.byteLength} bytes`;
  const text = String(value);
  // Taken out of the long text, which it would keep otherwise.
  return text.length <= maxCellLength ? text : `${Buffer.from(text.slice(0, maxCellLength)).toString()}…`;
}
