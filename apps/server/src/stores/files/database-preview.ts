import Database from 'better-sqlite3';
import type { FilePreview } from '@weft/api';

/**
 * The newest rows of a SQLite file's fullest table.
 * @returns null when the file is no database or has no table.
 */
export function databasePreview(path: string, maxRows: number): FilePreview | null {
  const database = new Database(path, { readonly: true, fileMustExist: true });
  try {
    const names = database.prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`).pluck().all();
    const fullest = names.map((name) => ({ name, rows: count(database, name) })).toSorted((one, other) => other.rows - one.rows)[0];
    if (!fullest) return null;
    const statement = database.prepare<[number], unknown[]>(`SELECT * FROM ${quoted(fullest.name)} LIMIT ? OFFSET ${Math.max(0, fullest.rows - maxRows)}`);
    const columns = statement.columns().map(({ name }) => name);
    const rows = statement.raw().all(maxRows).map((row) => row.map(cell));
    return { table: { columns, rows }, text: null, truncated: fullest.rows > maxRows || names.length > 1 };
  } catch (error) {
    if (error instanceof Database.SqliteError) return null;
    throw error;
  } finally {
    database.close();
  }
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

function count(database: Database.Database, table: string): number {
  return database.prepare<[], number>(`SELECT count(*) FROM ${quoted(table)}`).pluck().get() ?? 0;
}

function cell(value: unknown): string {
  if (value === null) return '';
  return Buffer.isBuffer(value) ? `${value.byteLength} bytes` : String(value);
}
