import type { DatabaseFile, Json } from '@weft/connector-sdk';
import type Database from 'better-sqlite3';
import { wholeKeys } from './alike-keys.ts';
import type { Codec } from './codec/codec.ts';
import { ownCodec, sqliteCodec } from './codec/sqlite.ts';
import { quoted, type Column, type GoOn, type Kind, type PlacedRow, type Row, type SqlDatabase, type Table } from './database.ts';
import { inner } from './named-parameters.ts';
import { keyWithoutOrder, noKey } from './refusals.ts';
import { maxBatchBytes } from './result-size.ts';
import { explained } from './sqlite-failure.ts';
import { openSqliteFile } from './sqlite-file.ts';
import { runQuery } from './sqlite-query.ts';

/** SQLite keeps the text of the statement that made a table: a mark in it says who that was. */
const made = '/* made by Weft */';

/**
 * A SQLite file of the workspace's folder; made when it does not exist yet. A statement keeps this thread until it ends, however long that
 * takes.
 */
export function openSqlite(file: DatabaseFile): SqlDatabase {
  const { database, limitSize } = openSqliteFile(file);
  const change: SqlDatabase['change'] = async (sql, values = [], about) => {
    limitSize();
    return explained(() => database.prepare(sql).run(...values).changes, about);
  };
  return {
    async tables() {
      return explained(() => {
        const rows = database.prepare<[], { name: string }>(
          `SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name`,
        );
        return rows.all().map(({ name }) => name);
      });
    },
    table: async (name) => explained(() => tableOf(database, name)),
    change,
    read: async (sql, values, limit) => runQuery(database, { sql, values, limit }),
    /** A query for each batch: one that stayed open would keep the file from being written, by the very flow that reads it. */
    async *stream(sql, values, from, batchSize) {
      if (from.by === 'key') {
        yield* byKey(database, { sql, values }, from, batchSize);
        return;
      }
      for (let skip = from.skip; ; ) {
        const page = `SELECT * FROM (${inner(sql)}) LIMIT ${batchSize} OFFSET ${skip}`;
        const { rows, truncated } = runQuery(database, { sql: page, values, limit: batchSize, endAtBytes: maxBatchBytes });
        if (rows.length === 0) return;
        skip += rows.length;
        yield { rows };
        if (rows.length < batchSize && !truncated) return;
      }
    },
    async page({ sql }, column, behind, limit) {
      const name = quoted(column);
      const condition = behind === 'first'
        ? `${name} IS NOT NULL`
        : behind === 'last'
        ? `${name} = (SELECT max(${name}) FROM ${sql})`
        : `${name} >= :weft_from`;
      const text = `SELECT *, ${name} AS "weft key" FROM ${sql} WHERE ${condition} ORDER BY ${name} LIMIT ${limit}`;
      return runQuery(database, { sql: text, values: typeof behind === 'object' ? { weft_from: behind.from } : {}, limit }).rows.map(placed);
    },
    placeOf: (_column, stored) => stored,
    idPart: (_column, value) => value,
    async makeTable(name, columns, unique) {
      const parts = columns.map((column) => `${quoted(column.name)} ${types[column.kind]}`);
      if (unique.length > 0) parts.push(`UNIQUE (${unique.map(quoted).join(', ')})`);
      await change(`CREATE TABLE IF NOT EXISTS ${quoted(name)} (${made} ${parts.join(', ')})`, [], { table: name });
    },
    columnNames: { ignoresCase: true },
    async addColumn(table, { name, kind }) {
      const add = () => change(`ALTER TABLE ${table.sql} ADD COLUMN ${quoted(name)} ${types[kind]}`, [], { table: table.name });
      await add().catch((error: unknown) => {
        // Somebody else has added it meanwhile.
        if (!tableOf(database, table.name)?.columns.some((column) => column.name === name)) throw error;
      });
    },
    widens: false,
    widenColumn: () => Promise.reject(new TypeError('SQLite gives a column no other type.')),
    kindOf,
    mostValues: 30_000,
    placeholder: () => '?',
    async close() {
      database.close();
    },
  };
}

/** One row more than a batch is read: it shows whether the batch ends between two keys. */
function* byKey(
  database: Database.Database,
  { sql, values }: { sql: string; values: Record<string, Json> },
  { column, after: begin }: Extract<GoOn, { by: 'key' }>,
  batchSize: number,
): Generator<{ rows: Row[]; last: Json }> {
  let first: string | undefined;
  for (let after = begin; ; ) {
    const { rows, truncated } = runQuery(database, {
      sql: keyPage(sql, column, after !== undefined, batchSize + 1),
      values: { ...values, ...(after !== undefined && { weft_after: after }) },
      limit: batchSize + 1,
      endAtBytes: maxBatchBytes,
    });
    if (rows.length === 0) return;
    const keys = rows.map((row) => row[column] ?? null);
    const beginning = JSON.stringify(keys[0]);
    if (first !== undefined && beginning === first) throw keyWithoutOrder(column);
    first = beginning;
    const hasMore = truncated || rows.length > batchSize;
    const count = hasMore && rows.length > 1 ? wholeKeys(keys, column) : rows.length;
    const last = keys[count - 1] ?? null;
    if (last === null) throw noKey(column);
    yield { rows: rows.slice(0, count), last };
    if (!hasMore) return;
    after = last;
  }
}

const keyPage = (sql: string, column: string, hasAfter: boolean, limit: number): string =>
  `SELECT * FROM (${inner(sql)})${hasAfter ? ` WHERE ${quoted(column)} > :weft_after` : ''} ORDER BY ${quoted(column)} LIMIT ${limit}`;

const types: Record<Kind, string> = { whole: 'INTEGER', number: 'NUMERIC', boolean: 'BOOLEAN', json: 'JSON', text: 'TEXT' };

function kindOf({ type }: Column): Kind {
  const [kind] = Object.entries(types).find(([, name]) => name.toLowerCase() === type) ?? ['text'];
  // A key of the table of types.
  return kind as Kind;
}

/** The key stands behind the table's own columns, whatever they are called. */
function placed(row: Row): PlacedRow {
  const values = Object.entries(row);
  return { row: Object.fromEntries(values.slice(0, -1)), place: values.at(-1)?.[1] ?? null };
}

interface ColumnRow {
  name: string;
  type: string;
  notnull: number;
  dflt_value: string | null;
  pk: number;
  /** 0; 2 and 3 for computed columns. */
  hidden: number;
}

function tableOf(database: Database.Database, name: string): Table | undefined {
  // SQLite would read it up to there.
  if (name.includes('\0')) return undefined;
  const rows = database.prepare<[string], ColumnRow>('SELECT name, type, "notnull", dflt_value, pk, hidden FROM pragma_table_xinfo(?) WHERE hidden <> 1').all(name);
  if (rows.length === 0) return undefined;
  const keys = rows.filter(({ pk }) => pk > 0).length;
  const source = database.prepare<[string], { sql: string | null }>('SELECT sql FROM sqlite_schema WHERE name = ? COLLATE NOCASE').get(name);
  const isOurs = source?.sql?.includes(made) ?? false;
  const isStrict = database.prepare<[string], { strict: number }>(
    `SELECT strict FROM pragma_table_list WHERE schema = 'main' AND name = ? COLLATE NOCASE`,
  ).get(name)?.strict === 1;
  return {
    name,
    sql: quoted(name),
    columns: rows.map((row) => columnOf(row, keys, isOurs ? ownCodec(row.type) : sqliteCodec(typeFor(row.type, isStrict)))),
    uniques: uniquesOf(database, name, rows),
    isOurs,
  };
}

/** Those that have no condition and no expressions; a row id has no index of its own. */
function uniquesOf(database: Database.Database, table: string, rows: readonly ColumnRow[]): string[][] {
  const parts = database
    .prepare<[string], { at: string; name: string | null }>(
      'SELECT i.name AS at, p.name FROM pragma_index_list(?) i, pragma_index_info(i.name) p WHERE i."unique" AND NOT i.partial',
    )
    .all(table);
  const found = Map.groupBy(parts, ({ at }) => at);
  const indexes = [...found.values()].map((columns) => columns.map(({ name }) => name)).filter((names) => names.every((name) => name !== null));
  return [rows.filter(({ pk }) => pk > 0).map(({ name }) => name), ...indexes];
}

/** A strict table keeps every value of a column of ANY as it is; in others the word makes numbers of texts. */
const typeFor = (type: string, isStrict: boolean): string => (isStrict && type.toUpperCase() === 'ANY' ? '' : type);

function columnOf({ name, type, notnull, dflt_value, pk, hidden }: ColumnRow, keys: number, codec: Codec): Column {
  const rowId = pk > 0 && keys === 1 && type.toUpperCase() === 'INTEGER';
  const computed = hidden > 0;
  return {
    name,
    type: type.toLowerCase(),
    codec,
    nullable: notnull === 0 && !rowId,
    generated: rowId || dflt_value !== null || computed,
    computed,
    key: pk > 0,
  };
}
