import { InputError, type Json } from '@weft/connector-sdk';
import Database from 'better-sqlite3';
import type { Row } from './database.ts';
import { namedParameters } from './named-parameters.ts';
import { explained, plain, toSqlite } from './sqlite-values.ts';

export interface SqliteQuery {
  path: string;
  sql: string;
  /** By the names in the text. */
  values: Record<string, Json>;
  limit: number;
}

export interface QueryResult {
  rows: Row[];
  truncated: boolean;
}

/** Runs one query that only reads, in this thread, however long it takes. @throws {ConnectorError} */
export function runQuery({ path, sql, values, limit }: SqliteQuery): QueryResult {
  return explained(() => {
    const { names, render } = namedParameters(sql);
    // Asked before it is prepared: some pragmas act then already, and on the whole process.
    if (!beginsReading.test(sql) || /pragma_database_list/i.test(sql)) throw onlyReading();
    const database = new Database(path, { timeout: 5_000 });
    try {
      const statement = database.prepare(render((name) => `:${name}`)).safeIntegers();
      // What returns no rows or writes, such as WITH … INSERT, begins like a query too.
      if (!statement.reader || !statement.readonly) throw onlyReading();
      const rows: Row[] = [];
      for (const row of statement.iterate(Object.fromEntries(names.map((name) => [name, toSqlite(values[name] ?? null)])))) {
        if (rows.length === limit) return { rows, truncated: true };
        rows.push(plain(row as Record<string, unknown>));
      }
      return { rows, truncated: false };
    } finally {
      database.close();
    }
  });
}

/** After blanks and comments. */
const beginsReading = /^(?:\s|--[^\n]*(?:\n|$)|\/\*(?:[^*]|\*(?!\/))*\*\/)*(?:select|with|values)\b/i;

const onlyReading = () => new InputError(['config', 'sql'], 'A query is one SELECT and may only read. Use "Insert a row" or "Insert or update a row" to change data.');
