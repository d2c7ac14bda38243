import { AuthError, ConnectorError, InputError, RetryableError, TerminalError } from '@weft/connector-sdk';
import type { About } from './database.ts';
import { noUniqueIndex, onlyReading, statementRefused, stopped } from './refusals.ts';

/** Runs the work and says what a refusal of the server means for the step. @param about - absent for a query. */
export async function explained<T>(work: () => Promise<T>, about?: About): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toFailure(error, about);
  }
}

/** The code of the server's refusal, whether it was explained already or not. */
export const codeOf = (error: unknown): string | undefined => {
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  return typeof code === 'string' ? code : cause === undefined ? undefined : codeOf(cause);
};

/** @see https://www.postgresql.org/docs/current/errcodes-appendix.html */
function toFailure(error: unknown, about: About | undefined): unknown {
  if (error instanceof ConnectorError) return error;
  const { code = '', message = '', routine } = error as { code?: string; message?: string; routine?: string };
  switch (code) {
    case '28P01':
    case '28000':
      return new AuthError('The database refused this user and password. Check them in the connection.', { cause: error });
    case '3D000':
      return new InputError(['connection'], 'There is no database of that name on this server.', { cause: error });
    case '42501':
      // A policy looks at each row; only the server's own name of the check tells it from a missing permission.
      if (routine === 'ExecWithCheckOptions') return new TerminalError(`The database refused the row: ${message}.`, { cause: error, kind: 'conflict' });
      return new TerminalError(
        `This database user may not do that: ${message}. Ask for the permission, or use another connection.`,
        { cause: error, kind: 'forbidden' },
      );
    case '25006':
      return onlyReading(error);
    case '42P10':
      if (about?.keys) return noUniqueIndex(about.table, about.keys, error);
      break;
    case '57014':
      return stopped(error);
    // Data-modifying WITH inside a query, and INTO.
    case '0A000':
    case '42P11':
      if (!about) return onlyReading(error);
      break;
  }
  // What the server cannot read at all, such as a text that ends at a zero byte.
  if (code === '08P01') return statementRefused(about, message, error);
  const kind = code.slice(0, 2);
  // Of one row: a constraint, a check of a view, an exception of the database's own code.
  if (kind === '23' || kind === '44' || code === 'P0001') {
    return new TerminalError(`The database refused the row: ${message}.`, { cause: error, kind: 'conflict' });
  }
  // Of its values; and two rows of one statement with the same key.
  if (kind === '22' || kind === '54' || code === '21000') return rowOrQuery(about, message, error);
  if (kind === '42' || kind === '0A' || kind === '3F' || code === '55000') return statementRefused(about, message, error);
  if (kind === '40' || kind === '53' || kind === '55') {
    return new RetryableError(`The database could not do this now: ${message}. Trying again may help.`, { cause: error });
  }
  if (/^(ECONN|ETIMEDOUT|EPIPE|ENETUNREACH|EHOSTUNREACH)/.test(code) || kind === '08' || kind === '57' || /timeout|terminated/i.test(message)) {
    return new RetryableError('The database did not answer. Trying again may help; if it lasts, check host and port in the connection.', { cause: error });
  }
  // No refusal of a server: the driver cannot make sense of what it sends, or its certificate does not hold.
  const reason = message === '' ? '' : `: ${message.slice(0, 200)}`;
  return new TerminalError(`Weft and this server do not understand each other${reason}. Check host, port and encryption in the connection.`, {
    cause: error,
    kind: 'upstream',
  });
}

const rowOrQuery = (about: About | undefined, message: string, cause: unknown) =>
  about
    ? new TerminalError(`The database refused the row for “${about.table}”: ${message}.`, { cause, kind: 'invalid_input' })
    : statementRefused(about, message, cause);
