import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { StartRefused } from './start-refused.ts';
import { isDiskFull, isLocked } from './store-trouble.ts';

/** The one folder that holds everything an installation knows. */
export interface DataFolder {
  path: string;
  database: string;
  key: string;
  files: string;
  /** Values of runs that are too large for a row. */
  blobs: string;
  /** What a process leaves behind that ended without stopping; see `takeUnforeseenEnd`. */
  unforeseenEnd: string;
  /** What is being done that a process may die of; see `openUnderWay`. */
  underWay: string;
  /** See `createSpareRoom`. */
  spareRoom: string;
  /** False when this start made it. */
  hadData: boolean;
  /** Lets another process use the folder. */
  release(): void;
}

/**
 * Makes the folder when it is missing and takes it for this process. The lock is the operating system's, held through an
 * open SQLite transaction, so it ends with the process, however the process ends.
 * @throws {StartRefused} when it cannot be written, or another process has it.
 */
export function openDataFolder(path: string): DataFolder {
  try {
    mkdirSync(join(path, 'files'), { recursive: true, mode: 0o700 });
    accessSync(path, constants.W_OK);
  } catch (error) {
    if (isDiskFull(error)) throw error;
    throw new StartRefused(
      `The data folder ${path} cannot be written. Choose another one with WEFT_DATA, or allow this user to write there.`,
      { cause: error },
    );
  }
  const lock = new Database(join(path, 'lock'), { timeout: 0 });
  try {
    // Nothing is ever written, so no journal is: a full disk has no room for one.
    lock.pragma('journal_mode = MEMORY');
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (!isLocked(error)) throw error;
    throw new StartRefused(`Another Weft is running on ${path}. Stop it first, or give this one a folder of its own with WEFT_DATA.`, { cause: error });
  }
  const database = join(path, 'weft.sqlite');
  return {
    path,
    database,
    key: join(path, 'key'),
    files: join(path, 'files'),
    blobs: join(path, 'blobs'),
    unforeseenEnd: join(path, 'unforeseen-end.json'),
    underWay: join(path, 'under-way'),
    spareRoom: join(path, 'spare-room'),
    hadData: existsSync(database),
    release: () => void lock.close(),
  };
}
