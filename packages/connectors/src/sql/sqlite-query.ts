import type { Json } from '@weft/connector-sdk';
import Database from 'better-sqlite3';
import { plainValue, sqliteCodec, storedParameter } from './codec/sqlite.ts';
import type { Held } from './codec/codec.ts';
import { distinctNames, type Row } from './database.ts';
import { beginsReading, namedParameters } from './named-parameters.ts';
import { onlyReading } from './refusals.ts';
import { explained } from './sqlite-failure.ts';

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
    if (!beginsReading(sql) || /pragma_database_list/i.test(sql)) throw onlyReading();
    const database = new Database(path, { timeout: 5_000 });
    try {
      const statement = database.prepare(render((name) => `:${name}`)).safeIntegers();
      // What returns no rows or writes, such as WITH … INSERT, begins like a query too.
      if (!statement.reader || !statement.readonly) throw onlyReading();
      const read = readerOf(statement.columns());
      const rows: Row[] = [];
      for (const row of statement.raw().iterate(Object.fromEntries(names.map((name) => [name, storedParameter(values[name])])))) {
        if (rows.length === limit) return { rows, truncated: true };
        // What `raw` gives, with whole numbers as bigints.
        rows.push(read(row as (Held | null)[]));
      }
      return { rows, truncated: false };
    } finally {
      database.close();
    }
  });
}

/** Where a column of the result is one of a table, its declared type says how it reads. */
function readerOf(columns: readonly Database.ColumnDefinition[]): (row: readonly (Held | null)[]) => Row {
  const names = distinctNames(columns.map(({ name }) => name));
  const codecs = columns.map(({ type }) => (type === null ? { read: plainValue } : sqliteCodec(type)));
  return (row) => {
    const result: Row = {};
    for (let at = 0; at < names.length; at += 1) {
      const held = row[at];
      result[names[at]!] = held === null || held === undefined ? null : codecs[at]!.read(held);
    }
    return result;
  };
}

