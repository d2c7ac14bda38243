import { chmodSync, closeSync, existsSync, openSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import { syncAtCommit } from './synchronous.ts';

export type Db = BetterSQLite3Database & { $client: Database.Database };

/**
 * Opens the database file, making it when it is missing. Every connection sets its own pragmas: SQLite forgets them, and
 * a reopened WAL database would fall back to `synchronous = NORMAL`, which loses acknowledged commits at a power cut.
 */
export function openDatabase(file: string): Db {
  keepPrivate(file);
  const client = new Database(file);
  try {
    // Only a new file takes this: pruned runs give their space back to the disk.
    client.pragma('auto_vacuum = INCREMENTAL');
    client.pragma('journal_mode = WAL');
    client.exec(syncAtCommit);
    client.pragma('foreign_keys = ON');
    client.pragma(`busy_timeout = ${startPatienceMs}`);
  } catch (error) {
    client.close();
    throw error;
  }
  return drizzle(client);
}

/** Before the event loop has others who would wait with it. */
const startPatienceMs = 5_000;
const servingPatienceMs = 200;

/** From here on nobody sleeps for long in SQLite while another program holds the database: it is told, and tries again. */
export function beginServing(db: Db): void {
  db.$client.pragma(`busy_timeout = ${servingPatienceMs}`);
}

/** For this user only, also in a folder that others may enter. SQLite gives the files beside it the same rights. */
function keepPrivate(file: string): void {
  if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600));
  for (const path of [file, `${file}-wal`, `${file}-shm`]) {
    const stat = statSync(path, { throwIfNoEntry: false });
    // Another user's file, which this one may write, stays as that one wants it.
    if (stat && (stat.mode & 0o077) !== 0 && (process.getuid === undefined || stat.uid === process.getuid())) chmodSync(path, 0o600);
  }
}
