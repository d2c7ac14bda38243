import type { Database } from 'better-sqlite3';
import { close, fdatasync, openSync, realpathSync } from 'node:fs';

/** Brings what was committed to the disk, away from the event loop. */
export interface LogSync {
  /** Resolves when every commit made before this call survives a power cut. @throws when the disk refuses. */
  sync(): Promise<void>;
  close(): void;
}

/**
 * A commit with `synchronous = NORMAL` appends to the write-ahead log and leaves it to the system when that reaches the disk;
 * this waits for it on a thread of Node's pool, so the event loop goes on. Together they promise what `synchronous = FULL` does:
 * the log is one file for as long as the database is open, its commits are in order, and checkpoints sync by themselves.
 * Only SQLite's own locks stand on the other files, so closing this descriptor drops none of them.
 */
export function createLogSync(database: Pick<Database, 'name' | 'memory'>): LogSync {
  if (database.memory) return { sync: () => Promise.resolve(), close: () => undefined };
  let descriptor: number | undefined;
  return {
    sync: () =>
      new Promise((resolve, reject) => {
        // The first commit has made the file. SQLite keeps it beside what a link leads to, not beside the link.
        descriptor ??= openSync(`${realpathSync(database.name)}-wal`, 'r+');
        fdatasync(descriptor, (error) => (error ? reject(error) : resolve()));
      }),
    close() {
      if (descriptor !== undefined) close(descriptor);
      descriptor = undefined;
    },
  };
}
