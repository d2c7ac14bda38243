import { Worker } from 'node:worker_threads';
import type { Database } from 'better-sqlite3';

/**
 * Moves what stands in the write-ahead log into the database, on a thread of its own: in the event loop each time would hold up
 * everybody for as long as two syncs and a thousand pages take.
 */
export interface Checkpoints {
  /** To be called after each transaction with its number of writes. */
  written(writes: number): void;
  /** Before the database is closed: who closes it last tidies up the log. */
  close(): Promise<void>;
}

/** About 500 pages of log: few enough to be copied between two transactions, so that the log begins anew. */
const writesBetween = 250;

/** Pages, 16 MB. Where the thread does not keep up, or there is none, the writer checkpoints by itself as SQLite always does. */
const maxLogPages = 4_000;

const program = new URL(`./checkpoint-thread${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url);

/** The thread is started with the first checkpoint: an installation where little happens has none. */
export function createCheckpoints(database: Pick<Database, 'name' | 'memory' | 'pragma'>): Checkpoints {
  if (database.memory) return { written: () => undefined, close: async () => undefined };
  database.pragma(`wal_autocheckpoint = ${maxLogPages}`);
  let writes = 0;
  let thread: Worker | undefined;
  let busy = false;
  let ended: Promise<void> | undefined;

  function start(): Worker {
    const started = new Worker(program, { workerData: database.name, resourceLimits: { maxYoungGenerationSizeMb: 1, maxOldGenerationSizeMb: 16 } });
    started.unref();
    started.on('message', () => (busy = false));
    // Without it the log only grows longer. It stays busy for good, so nothing is asked of it again.
    ended = new Promise((resolve) => {
      started.once('error', () => resolve());
      started.once('exit', () => resolve());
    });
    return started;
  }

  return {
    written(more) {
      writes += more;
      if (writes < writesBetween || busy) return;
      writes = 0;
      busy = true;
      thread ??= start();
      thread.postMessage('checkpoint');
    },
    async close() {
      busy = true;
      thread?.ref();
      thread?.postMessage('close');
      await ended;
    },
  };
}
