import Sqlite, { type Database } from 'better-sqlite3';
import { isLocked } from '../../store-trouble.ts';
import { syncAtCommit, syncLater } from '../../db/synchronous.ts';
import { createLockedOut } from './locked-out.ts';
import { createLogSync, type LogSync } from './log-sync.ts';

/**
 * Joins writes into one transaction, so that fifty callers share one sync of the disk. While a sync is under way the event loop
 * goes on, and what comes meanwhile makes the next transaction. While another program holds the database, it goes on too.
 */
export interface GroupCommit {
  /**
   * Runs synchronous statements in the next transaction, in the order of the calls.
   * @returns what `work` gave, once it is on disk.
   * @throws what `work` threw; its own statements are undone, its neighbours are not touched. When the commit itself fails,
   *   every caller of that transaction gets the error and nothing was written; so after five seconds in which another program held the
   *   database. When the disk refuses to sync, what was written is unknown.
   * @param options.single - `work` writes with one statement at most, which SQLite undoes by itself when it fails.
   */
  write<T>(work: () => T, options?: { single: boolean }): Promise<T>;
  /** Writes what is waiting at once, and syncs: for a process that is about to end. Nobody is told. @throws when it could not be written. */
  saveNow(): void;
  /** Resolves when nothing is waiting. */
  settled(): Promise<void>;
  /** The same, and lets go of the log. */
  close(): Promise<void>;
}

export interface GroupCommitHooks {
  /** The last statements of a transaction, after every item that worked. */
  beforeCommit?(): void;
  /** The transaction was undone as a whole. */
  afterRollback?(): void;
  /** One write was undone because the database refused a statement of it. */
  afterUndo?(): void;
  /** A transaction of so many writes is on disk. */
  afterSync?(writes: number): void;
}

/** While another program holds the database: each may hold a call's whole body in memory. */
const mostWaiting = 1_000;
/** Nobody else waits for a process that is about to end. */
const lastPatienceMs = 2_000;

interface Item {
  work(): unknown;
  single: boolean;
  resolve(value: unknown): void;
  reject(error: unknown): void;
  result?: unknown;
  failure?: { error: unknown };
}

/** The database belongs to the caller; no other code may leave a transaction open across an await. */
export function createGroupCommit(database: Database, hooks: GroupCommitHooks = {}, log: LogSync = createLogSync(database)): GroupCommit {
  const begin = database.prepare('BEGIN IMMEDIATE');
  const commit = database.prepare('COMMIT');
  const rollback = database.prepare('ROLLBACK');
  const savepoint = database.prepare('SAVEPOINT item');
  const release = database.prepare('RELEASE item');
  const undo = database.prepare('ROLLBACK TO item');

  let queue: Item[] = [];
  let idle: (() => void)[] = [];
  /** A transaction is to come, or its sync is under way. */
  let busy = false;
  const lockedOut = createLockedOut(database);

  function runItem(item: Item): void {
    if (!item.single) savepoint.run();
    try {
      item.result = item.work();
    } catch (error) {
      // A full disk or an I/O error ends the whole transaction; then nothing of it may count.
      if (!database.inTransaction) throw error;
      if (!item.single) undo.run();
      item.failure = { error };
      if (error instanceof Sqlite.SqliteError) hooks.afterUndo?.();
    }
    if (!item.single) release.run();
  }

  function flush(): void {
    const items = queue;
    queue = [];
    try {
      transact(items, syncLater);
    } catch (error) {
      // Nothing was done yet: only a transaction's beginning asks for the lock.
      const pauseMs = isLocked(error) ? lockedOut.pauseMs() : undefined;
      if (pauseMs !== undefined) {
        queue = [...items, ...queue];
        setTimeout(flush, pauseMs);
        return;
      }
      hooks.afterRollback?.();
      for (const item of items) item.reject(error);
      next();
      return;
    }
    lockedOut.over();
    log.sync().then(
      () => {
        for (const item of items) {
          if (item.failure) item.reject(item.failure.error);
          else item.resolve(item.result);
        }
        hooks.afterSync?.(items.length);
        next();
      },
      (error: unknown) => {
        for (const item of items) item.reject(error);
        next();
      },
    );
  }

  /** @param sync - `syncLater` leaves it to the log; everybody else on this connection commits with one. */
  function transact(items: readonly Item[], sync: typeof syncLater | typeof syncAtCommit): void {
    database.exec(sync);
    try {
      begin.run();
      for (const item of items) runItem(item);
      hooks.beforeCommit?.();
      commit.run();
    } finally {
      if (database.inTransaction) rollback.run();
      database.exec(syncAtCommit);
    }
  }

  function next(): void {
    busy = queue.length > 0;
    if (busy) {
      setImmediate(flush);
      return;
    }
    const waiting = idle;
    idle = [];
    for (const resolve of waiting) resolve();
  }

  const settled = () => (busy ? new Promise<void>((resolve) => void idle.push(resolve)) : Promise.resolve());
  return {
    write: <T>(work: () => T, { single } = { single: false }) =>
      new Promise<T>((resolve, reject) => {
        // The item gives back what its own work gave, so the cast only undoes the list's forgetting.
        if (lockedOut.isNow() && queue.length >= mostWaiting) {
          reject(new Sqlite.SqliteError('Too many wait for the database, which another program holds.', 'SQLITE_BUSY'));
          return;
        }
        queue.push({ work, single, resolve: (value) => resolve(value as T), reject });
        if (busy) return;
        busy = true;
        setImmediate(flush);
      }),
    saveNow() {
      const items = queue;
      queue = [];
      if (items.length === 0) return;
      database.pragma(`busy_timeout = ${lastPatienceMs}`);
      transact(items, syncAtCommit);
    },
    settled,
    async close() {
      await settled();
      log.close();
    },
  };
}
