/**
 * A program of its own: answers each query it is sent with its rows, until the channel closes. SQLite cannot be interrupted from
 * within a process, so a query that never ends is ended by killing this one.
 */
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import type { ConnectorError } from '@weft/connector-sdk';
import type { QueryResult, SqliteQuery } from './sqlite-query.ts';

/** What comes back: the rows, or the failure in a form that survives the way. */
export type QueryAnswer =
  | { result: QueryResult }
  | { failure: { message: string; kind: ConnectorError['kind']; retryable: boolean; path?: string[] } };

if (isMainThread) await serve();
else endWithParent();

async function serve(): Promise<void> {
  new Worker(new URL(import.meta.url), { workerData: process.ppid }).unref();
  // Loaded here: the other thread needs none of it.
  const [{ ConnectorError, InputError }, { runQuery }] = await Promise.all([import('@weft/connector-sdk'), import('./sqlite-query.ts')]);

  function answerTo(query: SqliteQuery): QueryAnswer {
    try {
      return { result: runQuery(query) };
    } catch (error) {
      if (!(error instanceof ConnectorError)) throw error;
      const { message, kind, retryable } = error;
      return { failure: { message, kind, retryable, ...(error instanceof InputError && { path: error.path }) } };
    }
  }

  process.on('message', (query: SqliteQuery) => process.send?.(answerTo(query)));
}

/** A server that is killed cannot end its queries, and this process does not hear of it while one is under way. */
function endWithParent(): void {
  setInterval(() => process.ppid === workerData || process.kill(process.pid, 'SIGKILL'), 1_000);
}
