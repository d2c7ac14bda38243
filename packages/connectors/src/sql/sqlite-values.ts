import { InputError, RetryableError, TerminalError, type Json } from '@weft/connector-sdk';
import Database from 'better-sqlite3';
import type { Row } from './database.ts';

/** SQLite knows neither booleans nor lists: 1 and 0, and JSON text. */
export function toSqlite(value: Json): string | number | null {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'object' && value !== null) return JSON.stringify(value);
  return value;
}

/** A row as JSON. */
export function plain(row: Record<string, unknown>): Row {
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

/** Runs the work and says what a refusal of SQLite means for the step. */
export function explained<T>(work: () => T): T {
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
