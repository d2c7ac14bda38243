import Database from 'better-sqlite3';
import type { Column, SqlDatabase } from './database.ts';
import { queryInProcess } from './query-in-process.ts';
import { explained, toSqlite } from './sqlite-values.ts';

/**
 * A SQLite file of the workspace's folder; made when it does not exist yet.
 * @param signal - ends a query that is under way.
 */
export function openSqlite(path: string, signal?: AbortSignal): SqlDatabase {
  const database = new Database(path, { timeout: 5_000 });
  database.pragma('foreign_keys = ON');
  return {
    async tables() {
      return explained(() => {
        const rows = database.prepare<[], { name: string }>(
          `SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name`,
        );
        return rows.all().map(({ name }) => name);
      });
    },
    async columns(table) {
      return explained(() => {
        const rows = database.prepare<[string], ColumnRow>('SELECT name, type, "notnull", dflt_value, pk FROM pragma_table_info(?)').all(table);
        const keys = rows.filter(({ pk }) => pk > 0).length;
        return rows.map((row) => columnOf(row, keys));
      });
    },
    async change(sql, values) {
      return explained(() => database.prepare(sql).run(...values.map(toSqlite)).changes);
    },
    read: (sql, values, limit) => queryInProcess({ path, sql, values, limit }, signal),
    typeFor: (value) => (typeof value === 'number' ? (Number.isInteger(value) ? 'INTEGER' : 'REAL') : typeof value === 'boolean' ? 'INTEGER' : 'TEXT'),
    placeholder: () => '?',
    async close() {
      database.close();
    },
  };
}

interface ColumnRow {
  name: string;
  type: string;
  notnull: number;
  dflt_value: string | null;
  pk: number;
}

function columnOf({ name, type, notnull, dflt_value, pk }: ColumnRow, keys: number): Column {
  const rowId = pk > 0 && keys === 1 && type.toUpperCase() === 'INTEGER';
  return { name, type: type.toLowerCase(), nullable: notnull === 0 && !rowId, generated: rowId || dflt_value !== null, key: pk > 0 };
}
