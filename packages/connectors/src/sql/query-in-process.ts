import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { InputError, RetryableError, TerminalError } from '@weft/connector-sdk';
import type { QueryAnswer } from './sqlite-query-process.ts';
import type { QueryResult, SqliteQuery } from './sqlite-query.ts';

// Beside this file, as source or in the bundle.
const program = fileURLToPath(new URL(`./sqlite-query-process${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url));

/**
 * Runs a query in a process of its own, with an empty environment and a memory cap: whatever somebody wrote into it, the server
 * stays awake and the query ends with its step.
 */
export function queryInProcess(query: SqliteQuery, signal?: AbortSignal): Promise<QueryResult> {
  return new Promise((resolve, reject) => {
    const child = fork(program, { env: {}, execArgv: ['--max-old-space-size=512'], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    const stop = () => child.kill('SIGKILL');
    signal?.addEventListener('abort', stop, { once: true });
    if (signal?.aborted) stop();
    child.once('error', reject);
    child.once('message', (answer: QueryAnswer) => {
      if ('result' in answer) resolve(answer.result);
      else reject(errorOf(answer.failure));
    });
    child.once('exit', () => {
      signal?.removeEventListener('abort', stop);
      // Does nothing when an answer came before.
      reject(signal?.aborted ? new RetryableError('The query was stopped because it took too long.', { kind: 'timeout' }) : new TerminalError('The query needed too much memory. Ask for fewer rows or columns.', { kind: 'invalid_input' }));
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
