/**
 * A program of its own: gets one query as a message, answers with its rows, and ends. SQLite cannot be interrupted from within a
 * process, so a query that never ends is ended by killing this one.
 */
import { ConnectorError, InputError } from '@weft/connector-sdk';
import { runQuery, type QueryResult, type SqliteQuery } from './sqlite-query.ts';

/** What comes back: the rows, or the failure in a form that survives the way. */
export type QueryAnswer =
  | { result: QueryResult }
  | { failure: { message: string; kind: ConnectorError['kind']; retryable: boolean; path?: string[] } };

process.once('message', (query: SqliteQuery) => {
  process.send?.(answerTo(query), () => process.disconnect());
});

function answerTo(query: SqliteQuery): QueryAnswer {
  try {
    return { result: runQuery(query) };
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    const { message, kind, retryable } = error;
    return { failure: { message, kind, retryable, ...(error instanceof InputError ? { path: error.path } : {}) } };
  }
}
