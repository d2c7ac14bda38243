/**
 * The processes that run queries on SQLite files. Starting one takes longer than most queries, so one that has answered is kept for
 * the next query on the same file. Never for another file: what a query changes in its process must not reach other workspaces.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A process that is one query's own until it is given back. */
export interface LentProcess {
  child: ChildProcess;
  /** `true` when it answered and may serve the next query; otherwise it is killed. */
  giveBack(isSound: boolean): void;
}

export interface QueryProcessesOptions {
  /** Queries on one file that run at once; more wait their turn. Default 4. */
  mostPerFile?: number;
  /** An idle process ends after so long, milliseconds. Default 10_000. */
  keptMs?: number;
}

interface FileQueue {
  running: number;
  idle: { child: ChildProcess; end: NodeJS.Timeout }[];
  waiting: (() => void)[];
}

// Beside this file, as source or in the bundle.
const program = fileURLToPath(new URL(`./sqlite-query-process${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url));

export function createQueryProcesses({ mostPerFile = 4, keptMs = 10_000 }: QueryProcessesOptions = {}) {
  const files = new Map<string, FileQueue>();

  function queueOf(path: string): FileQueue {
    const queue = files.get(path) ?? { running: 0, idle: [], waiting: [] };
    files.set(path, queue);
    return queue;
  }

  function lend(path: string, queue: FileQueue): LentProcess {
    const kept = queue.idle.pop();
    clearTimeout(kept?.end);
    const child = kept?.child ?? start();
    hold(child);
    return { child, giveBack: (isSound) => takeBack({ path, queue, child, isSound }) };
  }

  function takeBack({ path, queue, child, isSound }: { path: string; queue: FileQueue; child: ChildProcess; isSound: boolean }): void {
    if (isSound && child.connected) keep(path, queue, child);
    else child.kill('SIGKILL');
    const next = queue.waiting.shift();
    if (next) next();
    else queue.running -= 1;
    forgetIfUnused(path, queue);
  }

  function keep(path: string, queue: FileQueue, child: ChildProcess): void {
    const drop = () => {
      const index = queue.idle.findIndex((entry) => entry.child === child);
      if (index !== -1) clearTimeout(queue.idle.splice(index, 1)[0]?.end);
      child.kill('SIGKILL');
      forgetIfUnused(path, queue);
    };
    queue.idle.push({ child, end: setTimeout(drop, keptMs).unref() });
    child.removeAllListeners();
    child.once('exit', drop).once('error', drop);
    // Whoever waits for nothing else may end; the process ends with its channel.
    child.unref();
    child.channel?.unref();
  }

  function forgetIfUnused(path: string, queue: FileQueue): void {
    if (queue.running === 0 && queue.idle.length === 0) files.delete(path);
  }

  /** @throws what `signal` was aborted with, while it waited for its turn. */
  async function borrow(path: string, signal?: AbortSignal): Promise<LentProcess> {
    signal?.throwIfAborted();
    const queue = queueOf(path);
    if (queue.running >= mostPerFile) await turn(queue, signal);
    else queue.running += 1;
    return lend(path, queue);
  }

  return { borrow };
}

/** Resolves when another query of the file has ended, whose place this one takes. */
function turn({ waiting }: FileQueue, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const go = () => {
      signal?.removeEventListener('abort', leave);
      resolve();
    };
    const leave = () => {
      waiting.splice(waiting.indexOf(go), 1);
      reject(signal?.reason);
    };
    signal?.addEventListener('abort', leave, { once: true });
    waiting.push(go);
  });
}

/** An empty environment and a memory cap: the text of the query came from a user. */
function start(): ChildProcess {
  return fork(program, { env: {}, execArgv: ['--max-old-space-size=512'], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
}

function hold(child: ChildProcess): void {
  child.removeAllListeners();
  child.ref();
  child.channel?.ref();
}
