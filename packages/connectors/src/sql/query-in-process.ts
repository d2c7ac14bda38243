import { InputError, RetryableError, TerminalError } from '@weft/connector-sdk';
import { createQueryProcesses, type LentProcess } from './query-processes.ts';
import { stopped } from './refusals.ts';
import type { QueryAnswer } from './sqlite-query-process.ts';
import type { QueryResult, SqliteQuery } from './sqlite-query.ts';

const processes = createQueryProcesses();

/**
 * Runs a query in a process of its own, with an empty environment and a memory cap: whatever somebody wrote into it, the server
 * stays awake and the query ends with its step.
 * @throws {RetryableError} of kind `timeout` when the signal ends it, in a process or while it waits for one.
 */
export async function queryInProcess(query: SqliteQuery, signal?: AbortSignal): Promise<QueryResult> {
  if (signal?.aborted) throw stopped();
  const lent = await processes.borrow(query.path, signal).catch((error: unknown) => {
    throw signal?.aborted ? stopped() : error;
  });
  let answer: QueryAnswer | undefined;
  try {
    answer = await ask(lent, query, signal);
  } finally {
    // One that could not answer, or whose query failed, is not trusted with another.
    lent.giveBack(answer !== undefined && 'result' in answer);
  }
  if ('result' in answer) return answer.result;
  throw errorOf(answer.failure);
}

function ask({ child }: LentProcess, query: SqliteQuery, signal: AbortSignal | undefined): Promise<QueryAnswer> {
  return new Promise<QueryAnswer>((resolve, reject) => {
    const stop = () => child.kill('SIGKILL');
    const settle = () => signal?.removeEventListener('abort', stop);
    signal?.addEventListener('abort', stop, { once: true });
    if (signal?.aborted) stop();
    child.once('error', (error) => {
      settle();
      reject(error);
    });
    child.once('message', (answer: QueryAnswer) => {
      settle();
      resolve(answer);
    });
    child.once('exit', () => {
      settle();
      reject(signal?.aborted ? stopped() : new TerminalError('The query needed too much memory. Ask for fewer rows or columns.', { kind: 'invalid_input' }));
    });
    child.send(query, (error) => {
      if (error && child.exitCode === null && child.signalCode === null && !signal?.aborted) reject(error);
    });
  });
}

function errorOf({ message, kind, retryable, path }: Extract<QueryAnswer, { failure: unknown }>['failure']) {
  if (path) return new InputError(path, message, { kind });
  return retryable ? new RetryableError(message, { kind }) : new TerminalError(message, { kind });
}
