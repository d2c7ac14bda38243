import type { DatabaseFile } from '@weft/connector-sdk';
import Database from 'better-sqlite3';
import { explained } from './sqlite-failure.ts';

/** How long a statement waits for another writer of the file, in milliseconds. */
const busyMs = 5_000;

export interface SqliteFile {
  database: Database.Database;
  /** Called before a change: the file grows no further than it may. */
  limitSize(): void;
}

/**
 * Opens a file that others have made, and that may be made to harm: its views and triggers call nothing but what is harmless
 * everywhere, and sorting takes memory, which is limited, and no files beside the workspace's.
 * @see https://www.sqlite.org/security.html
 */
export function openSqliteFile({ path, maxBytes }: DatabaseFile): SqliteFile {
  const database = new Database(path, { timeout: busyMs });
  database.pragma('foreign_keys = ON');
  database.pragma('trusted_schema = OFF');
  database.pragma('temp_store = MEMORY');
  let isLimited = false;
  return {
    database,
    limitSize() {
      if (isLimited) return;
      isLimited = true;
      explained(() => {
        const pageBytes = Number(database.pragma('page_size', { simple: true }));
        // A file that is larger already keeps its size.
        database.pragma(`max_page_count = ${Math.max(1, Math.floor(maxBytes / pageBytes))}`);
      });
    },
  };
}
