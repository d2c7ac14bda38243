import { InputError } from '@weft/connector-sdk';
import Database from 'better-sqlite3';
import { quoted, type Column, type SqlDatabase } from './database.ts';
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
    /** A query for each batch: one that stayed open would keep the file from being written, by the very flow that reads it. */
    async *stream(sql, values, from, batchSize) {
      let skip = from.by === 'count' ? from.skip : 0;
      let after = from.by === 'key' ? from.after : undefined;
      for (;;) {
        const page = from.by === 'key' ? keyPage(sql, from.column, after !== undefined, batchSize) : `SELECT * FROM (${inner(sql)}) LIMIT ${batchSize} OFFSET ${skip}`;
        const { rows } = await queryInProcess({ path, sql: page, values: { ...values, ...(after !== undefined && { weft_after: after }) }, limit: batchSize }, signal);
        if (rows.length === 0) return;
        skip += rows.length;
        const last = from.by === 'key' ? rows.at(-1)?.[from.column] : undefined;
        if (from.by === 'key' && (last === undefined || last === null)) throw noKey(from.column);
        after = last;
        yield { rows, ...(last !== undefined && { last }) };
        if (rows.length < batchSize) return;
      }
    },
    mostValues: 30_000,
    typeFor: (value) => (typeof value === 'number' ? (Number.isInteger(value) ? 'INTEGER' : 'REAL') : typeof value === 'boolean' ? 'INTEGER' : 'TEXT'),
    placeholder: () => '?',
    async close() {
      database.close();
    },
  };
}

const keyPage = (sql: string, column: string, hasAfter: boolean, limit: number): string =>
  `SELECT * FROM (${inner(sql)})${hasAfter ? ` WHERE ${quoted(column)} > :weft_after` : ''} ORDER BY ${quoted(column)} LIMIT ${limit}`;

/** A query as part of another one: without comments, which would swallow what follows, and without its last semicolon. */
export const inner = (sql: string): string =>
  `\n${sql.replace(quotedOrComment, (_whole, kept?: string) => kept ?? ' ').trim().replace(/;+$/, '')}\n`;

const quotedOrComment = /('(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\w*)\$[\s\S]*?\$\2\$)|--[^\n]*|\/\*[\s\S]*?\*\//g;

export const noKey = (column: string): InputError =>
  new InputError(['config', 'key'], `The rows have no value in "${column}", so the query cannot go on behind it. Choose a column that is different in every row.`);

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
