import { InputError, RetryableError, TerminalError } from '@weft/connector-sdk';
import Database from 'better-sqlite3';
import type { About } from './database.ts';
import { noUniqueIndex, statementRefused } from './refusals.ts';

/** Runs the work and says what a refusal of SQLite means for the step. @param about - absent for a query. */
export function explained<T>(work: () => T, about?: About): T {
  try {
    return work();
  } catch (error) {
    // How the driver refuses a text that is no single statement, and marks that were given no value.
    if (error instanceof RangeError) {
      throw new InputError(
        ['config', 'sql'],
        `The database could not run this: ${error.message}. Write one SELECT, and :name where a value goes.`,
        { cause: error },
      );
    }
    if (!(error instanceof Database.SqliteError)) throw error;
    throw toFailure(error, about);
  }
}

/** @see https://www.sqlite.org/rescode.html */
function toFailure(error: InstanceType<typeof Database.SqliteError>, about: About | undefined): Error {
  const { code, message } = error;
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return new RetryableError('The database is busy. Trying again helps.', { cause: error });
  }
  if (code.startsWith('SQLITE_CONSTRAINT')) return new TerminalError(`The database refused the row: ${message}.`, { cause: error, kind: 'conflict' });
  if (about && (code === 'SQLITE_MISMATCH' || code === 'SQLITE_TOOBIG')) {
    return new TerminalError(`The database refused the row for “${about.table}”: ${message}.`, { cause: error, kind: 'invalid_input' });
  }
  if (code === 'SQLITE_FULL') {
    return new TerminalError('There is not enough space left for this. Delete files or rows that nobody needs.', { cause: error, kind: 'unsupported' });
  }
  if (code === 'SQLITE_NOMEM') {
    return new TerminalError(
      'This needs more memory than it may take. Ask for fewer rows or columns, or add an index for their order.',
      { cause: error, kind: 'unsupported' },
    );
  }
  if (about?.keys && message.includes('ON CONFLICT clause does not match')) return noUniqueIndex(about.table, about.keys, error);
  return statementRefused(about, message, error);
}
