/** A worker thread with its own connection: makes a checkpoint on each message, until one closes it. */
import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';

// The path, which createCheckpoints starts the thread with.
const database = new Database(workerData as string, { fileMustExist: true });

parentPort?.on('message', (message: 'checkpoint' | 'close') => {
  if (message === 'close') {
    database.close();
    parentPort?.close();
    return;
  }
  // Takes what it can get without holding up a writer; it syncs the log before, and the database after.
  database.pragma('wal_checkpoint(PASSIVE)');
  parentPort?.postMessage('done');
});
