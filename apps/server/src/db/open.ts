import Database from 'better-sqlite3';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import { syncAtCommit } from './synchronous.ts';

export type Db = BetterSQLite3Database & { $client: Database.Database };

/**
 * Opens the database file, making it when it is missing. Every connection sets its own pragmas: SQLite forgets them, and
 * a reopened WAL database would fall back to `synchronous = NORMAL`, which loses acknowledged commits at a power cut.
 */
export function openDatabase(file: string): Db {
  const client = new Database(file);
  // Only a new file takes this: pruned runs give their space back to the disk.
  client.pragma('auto_vacuum = INCREMENTAL');
  client.pragma('journal_mode = WAL');
  client.exec(syncAtCommit);
  client.pragma('foreign_keys = ON');
  client.pragma('busy_timeout = 5000');
  return drizzle(client);
}
