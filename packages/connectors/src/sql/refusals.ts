import { ConnectorError, InputError, RetryableError } from '@weft/connector-sdk';
import { quoted, type About } from './database.ts';

/**
 * Whether a refusal is about the one row that was written: the others may go in. What is wrong with the statement, its table or
 * its columns would be wrong for every row: such an error names a setting of the step, and ends it.
 */
export const isAboutARow = (error: unknown): error is ConnectorError =>
  error instanceof ConnectorError &&
    (error.kind === 'conflict' || error.kind === 'invalid_input') &&
    !(error instanceof InputError && error.path[0] !== 'input');

/** The statement itself cannot be run. */
export function statementRefused(about: About | undefined, message: string, cause: unknown): InputError {
  if (!about) return new InputError(['config', 'sql'], `The database could not run this: ${message}.`, { cause });
  return new InputError(['config', 'table'], `The database cannot write to the table “${about.table}”: ${message}.`, { cause });
}

export function noUniqueIndex(table: string, keys: readonly string[], cause?: unknown): InputError {
  const columns = keys.map((key) => `“${key}”`).join(', ');
  return new InputError(
    ['config', 'keys'],
    `The table “${table}” has no unique index over ${columns}, so a row cannot be found by ${keys.length === 1 ? 'it' : 'them'}. ` +
      `Choose other key columns, or add one in the database: CREATE UNIQUE INDEX ON … (${keys.map(quoted).join(', ')}).`,
    { cause },
  );
}

export const onlyReading = (cause?: unknown): InputError =>
  new InputError(['config', 'sql'], 'A query is one SELECT and may only read. Use "Insert a row" or "Insert or update a row" to change data.', { cause });

/** Its step has ended: by its time limit, or because the run was cancelled. */
export const stopped = (cause?: unknown): RetryableError => new RetryableError('The query was stopped because it took too long.', { cause, kind: 'timeout' });

export const noTable = (table: string): InputError =>
  new InputError(['config', 'table'], `There is no table "${table}". Choose one from the list, or switch on "Make the table when it is missing".`);

export const noKey = (column: string): InputError =>
  new InputError(
    ['config', 'key'],
    `The rows have no value in "${column}", so the query cannot go on behind it. Choose a column that is different in every row.`,
  );

export const noKeyColumn = (column: string, cause: unknown): InputError =>
  new InputError(
    ['config', 'key'],
    `The query has no column "${column}", by which it would go on after an interruption. Choose one of its columns as the key, or let it go on by counting rows.`,
    { cause },
  );

export const keyRepeats = (column: string, rows: number): InputError =>
  new InputError(
    ['config', 'key'],
    `More than ${rows.toLocaleString('en')} rows have the same value in "${column}", so the query cannot go on behind it. ` +
      'Choose a column that is different in every row, or let it go on by counting rows.',
  );

export const keyWithoutOrder = (column: string): InputError =>
  new InputError(['config', 'key'], `Rows cannot be read behind a value of "${column}". Choose a column of numbers, times or texts, or let it go on by counting rows.`);
