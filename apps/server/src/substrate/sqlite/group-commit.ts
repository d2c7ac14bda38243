import type { Database } from 'better-sqlite3';

/** Joins the writes of one turn of the event loop into one transaction, so that fifty callers share one fsync. */
export interface GroupCommit {
  /**
   * Runs synchronous statements in the next transaction, in the order of the calls.
   * @returns what `work` gave, once it is on disk.
   * @throws what `work` threw; its own statements are undone, its neighbours are not touched. When the commit itself fails,
   *   every caller of that transaction gets the error and nothing was written.
   * @param options.single - `work` writes with one statement at most, which SQLite undoes by itself when it fails.
   */
  write<T>(work: () => T, options?: { single: boolean }): Promise<T>;
  /** Resolves when nothing is waiting. */
  settled(): Promise<void>;
}

export interface GroupCommitHooks {
  /** The last statements of a transaction, after every item that worked. */
  beforeCommit?(): void;
  /** The transaction was undone as a whole. */
  afterRollback?(): void;
}

interface Item {
  work(): unknown;
  single: boolean;
  resolve(value: unknown): void;
  reject(error: unknown): void;
  result?: unknown;
  failure?: { error: unknown };
}

/** The database belongs to the caller; nobody else may leave a transaction open across an await. */
export function createGroupCommit(database: Database, hooks: GroupCommitHooks = {}): GroupCommit {
  const begin = database.prepare('BEGIN IMMEDIATE');
  const commit = database.prepare('COMMIT');
  const rollback = database.prepare('ROLLBACK');
  const savepoint = database.prepare('SAVEPOINT item');
  const release = database.prepare('RELEASE item');
  const undo = database.prepare('ROLLBACK TO item');

  let queue: Item[] = [];
  let idle: (() => void)[] = [];

  function runItem(item: Item): void {
    if (!item.single) savepoint.run();
    try {
      item.result = item.work();
    } catch (error) {
      // A full disk or an I/O error ends the whole transaction; then nothing of it may count.
      if (!database.inTransaction) throw error;
      if (!item.single) undo.run();
      item.failure = { error };
    }
    if (!item.single) release.run();
  }

  function flush(): void {
    const items = queue;
    queue = [];
    try {
      begin.run();
      for (const item of items) runItem(item);
      hooks.beforeCommit?.();
      commit.run();
    } catch (error) {
      if (database.inTransaction) rollback.run();
      hooks.afterRollback?.();
      for (const item of items) item.reject(error);
      settleIdle();
      return;
    }
    for (const item of items) {
      if (item.failure) item.reject(item.failure.error);
      else item.resolve(item.result);
    }
    settleIdle();
  }

  function settleIdle(): void {
    if (queue.length > 0) return;
    const waiting = idle;
    idle = [];
    for (const resolve of waiting) resolve();
  }

  return {
    write: <T>(work: () => T, { single } = { single: false }) =>
      new Promise<T>((resolve, reject) => {
        // The item gives back what its own work gave, so the cast only undoes the list's forgetting.
        queue.push({ work, single, resolve: (value) => resolve(value as T), reject });
        if (queue.length === 1) setImmediate(flush);
      }),
    settled: () => (queue.length === 0 ? Promise.resolve() : new Promise((resolve) => void idle.push(resolve))),
  };
}
