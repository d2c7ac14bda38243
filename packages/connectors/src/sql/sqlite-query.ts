import type { Json } from '@weft/connector-sdk';
import type Database from 'better-sqlite3';
import type { Held } from './codec/codec.ts';
import { plainValue, sqliteCodec, storedParameter } from './codec/sqlite.ts';
import { distinctNames, type Row } from './database.ts';
import { sqliteQuery } from './list-parameters.ts';
import { beginsReading } from './named-parameters.ts';
import { onlyReading } from './refusals.ts';
import { maxResultBytes, sizeOf, tooLarge } from './result-size.ts';
import { explained } from './sqlite-failure.ts';

export interface SqliteQuery {
  sql: string;
  /** By the names in the text. */
  values: Record<string, Json>;
  limit: number;
  /** Ends before it gives more, but never before its first row. Default: so much is too much, and refused. */
  endAtBytes?: number;
}

export interface QueryResult {
  rows: Row[];
  /** There are more. */
  truncated: boolean;
}

/** Runs one query that only reads, in this thread, however long it takes. @throws {ConnectorError} */
export function runQuery(database: Database.Database, { sql, values, limit, endAtBytes }: SqliteQuery): QueryResult {
  return explained(() => {
    // Asked before it is prepared: some pragmas act then already, and on the whole process.
    if (!beginsReading(sql) || /pragma_database_list/i.test(sql)) throw onlyReading();
    const { text, names } = sqliteQuery(sql, values);
    const statement = database.prepare(text).safeIntegers();
    // What returns no rows or writes, such as WITH … INSERT, begins like a query too.
    if (!statement.reader || !statement.readonly) throw onlyReading();
    const read = readerOf(statement.columns());
    const rows: Row[] = [];
    let bytes = 0;
    for (const row of statement.raw().iterate(Object.fromEntries(names.map((name) => [name, storedParameter(values[name])])))) {
      if (rows.length === limit) return { rows, truncated: true };
      // What `raw` gives, with whole numbers as bigints.
      const held = row as (Held | null)[];
      bytes += sizeOf(held);
      if (endAtBytes !== undefined && bytes > endAtBytes && rows.length > 0) return { rows, truncated: true };
      if (bytes > maxResultBytes) throw tooLarge();
      rows.push(read(held));
    }
    return { rows, truncated: false };
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
