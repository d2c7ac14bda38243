import { InputError, RetryableError, TerminalError, type Json } from '@weft/connector-sdk';
import Database from 'better-sqlite3';
import type { Column, Row, SqlDatabase } from './database.ts';
import { namedParameters } from './named-parameters.ts';

/** A SQLite file of the workspace's folder; made when it does not exist yet. */
export function openSqlite(path: string): SqlDatabase {
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
    async read(sql, values, limit) {
      return explained(() => {
        const { names, render } = namedParameters(sql);
        // Asked before it is prepared: some pragmas act then already, and on the whole process.
        if (!beginsReading.test(sql) || /pragma_database_list/i.test(sql)) throw onlyReading();
        const statement = database.prepare(render((name) => `:${name}`)).safeIntegers();
        // What returns no rows or writes, such as WITH … INSERT, begins like a query too.
        if (!statement.reader || !statement.readonly) throw onlyReading();
        const rows: Row[] = [];
        for (const row of statement.iterate(Object.fromEntries(names.map((name) => [name, toSqlite(values[name] ?? null)])))) {
          if (rows.length === limit) return { rows, truncated: true };
          rows.push(plain(row as Record<string, unknown>));
        }
        return { rows, truncated: false };
      });
    },
    typeFor: (value) => (typeof value === 'number' ? (Number.isInteger(value) ? 'INTEGER' : 'REAL') : typeof value === 'boolean' ? 'INTEGER' : 'TEXT'),
    placeholder: () => '?',
    async close() {
      database.close();
    },
  };
}

/** After blanks and comments. */
const beginsReading = /^(?:\s|--[^\n]*(?:\n|$)|\/\*(?:[^*]|\*(?!\/))*\*\/)*(?:select|with|values)\b/i;

const onlyReading = () => new InputError(['config', 'sql'], 'A query is one SELECT and may only read. Use "Insert a row" or "Insert or update a row" to change data.');

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

/** SQLite knows neither booleans nor lists: 1 and 0, and JSON text. */
function toSqlite(value: Json): string | number | null {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'object' && value !== null) return JSON.stringify(value);
  return value;
}

function plain(row: Record<string, unknown>): Row {
  const result: Row = {};
  for (const [name, value] of Object.entries(row)) {
    result[name] = Buffer.isBuffer(value) ? value.toString('base64') : typeof value === 'bigint' ? wholeNumber(value) : (value as Json);
  }
  return result;
}

/** As text where a number would lose digits, as everywhere in Weft. */
function wholeNumber(value: bigint): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value.toString();
}

function explained<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    // How the driver refuses a text that is no single statement, and marks that were given no value.
    if (error instanceof RangeError) {
      throw new InputError(['config', 'sql'], `The database could not run this: ${error.message}. Write one SELECT, and :name where a value goes.`, { cause: error });
    }
    if (!(error instanceof Database.SqliteError)) throw error;
    if (error.code.startsWith('SQLITE_BUSY')) throw new RetryableError('The database is busy. Trying again helps.', { cause: error });
    if (error.code.startsWith('SQLITE_CONSTRAINT')) {
      throw new TerminalError(`The database refused the row: ${error.message}.`, { cause: error, kind: 'conflict' });
    }
    throw new TerminalError(`The database could not run this: ${error.message}.`, { cause: error, kind: 'invalid_input' });
  }
}
