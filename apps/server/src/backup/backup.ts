import { chmodSync, copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { blobPath } from '../blobs/blob-store.ts';
import { type Db, openDatabase } from '../db/open.ts';
import { files } from '../db/schema/index.ts';
import { StartRefused } from '../start-refused.ts';
import { isDatabaseName } from '../stores/files/name.ts';

/** What a backup folder says about itself. */
export interface BackupManifest {
  format: 'weft.backup/1';
  /** The version of the program that made it. */
  version: string;
  createdAt: string;
  files: number;
}

/** Files that change while they are copied are copied again, so many times at most. */
const attempts = 5;

/**
 * Copies a whole installation: database, files and key, as of one moment. The server may be running. The folder appears
 * under its name only when it is complete.
 * @throws {StartRefused} with a sentence, when there is nothing to copy or the folder is in use.
 */
export function backup(dataFolder: string, target: string, version: string): BackupManifest {
  const source = join(dataFolder, 'weft.sqlite');
  if (!existsSync(source)) throw new StartRefused(`There is no installation in ${dataFolder}. Say where it is with WEFT_DATA.`);
  if (existsSync(target) && readdirSync(target).length > 0) throw new StartRefused(`The folder ${target} is not empty. Name a new one for each backup.`);
  const partial = `${target}.partial`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true, mode: 0o700 });
  copyFileSync(join(dataFolder, 'key'), join(partial, 'key'));
  chmodSync(join(partial, 'key'), 0o600);
  const copied = copyConsistently(dataFolder, partial);
  const manifest: BackupManifest = { format: 'weft.backup/1', version, createdAt: new Date().toISOString(), files: copied };
  writeFileSync(join(partial, 'backup.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  rmSync(target, { recursive: true, force: true });
  renameSync(partial, target);
  return manifest;
}

type FileRow = Pick<typeof files.$inferSelect, 'workspaceId' | 'name' | 'sizeBytes' | 'updatedAt'>;

const keyOf = ({ workspaceId, name }: FileRow) => `${workspaceId}/${name}`;
const stateOf = ({ sizeBytes, updatedAt }: FileRow) => `${sizeBytes} ${updatedAt}`;

/** Copies the files, then the database, until no file that the database copy refers to has changed in between. */
function copyConsistently(dataFolder: string, target: string): number {
  const live = openDatabase(join(dataFolder, 'weft.sqlite'));
  const columns = { workspaceId: files.workspaceId, name: files.name, sizeBytes: files.sizeBytes, updatedAt: files.updatedAt };
  try {
    const done = new Map<string, string>();
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      for (const row of live.select(columns).from(files).all()) {
        if (done.get(keyOf(row)) === stateOf(row) && !isDatabaseName(row.name)) continue;
        copyFile(dataFolder, target, row);
        done.set(keyOf(row), stateOf(row));
      }
      const copy = join(target, 'weft.sqlite');
      rmSync(copy, { force: true });
      // Before and after: what is named while this one is made must not be missing, nor what goes meanwhile.
      copyBlobs(live, dataFolder, target);
      live.$client.prepare('VACUUM INTO ?').run(copy);
      const snapshot = openDatabase(copy);
      // One file and no WAL beside it: that is what a backup should look like.
      snapshot.$client.pragma('journal_mode = DELETE');
      const rows = snapshot.select(columns).from(files).all();
      copyBlobs(snapshot, dataFolder, target);
      snapshot.$client.close();
      if (rows.every((row) => done.get(keyOf(row)) === stateOf(row))) return rows.length;
    }
    throw new StartRefused('Files are being written faster than they can be copied. Stop the server, then make the backup.');
  } finally {
    live.$client.close();
  }
}

/** Values too large for a row. Their names say what is in them, so a copy that is there is the right one. */
function copyBlobs({ $client: database }: Db, dataFolder: string, target: string): void {
  for (const sha256 of database.prepare<[], string>('select distinct sha256 from blob_uses').pluck().iterate()) {
    const from = blobPath(join(dataFolder, 'blobs'), sha256);
    const to = blobPath(join(target, 'blobs'), sha256);
    if (existsSync(to) || !existsSync(from)) continue;
    mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
    cpSync(from, to);
  }
}

function copyFile(dataFolder: string, target: string, { workspaceId, name }: FileRow): void {
  const from = join(dataFolder, 'files', workspaceId, name);
  const to = join(target, 'files', workspaceId, name);
  if (!existsSync(from)) return;
  mkdirSync(dirname(to), { recursive: true });
  rmSync(to, { force: true });
  if (isDatabaseName(name) && copyDatabase(from, to)) return;
  cpSync(from, to);
}

/** @returns false when it only has the name of a database. */
function copyDatabase(from: string, to: string): boolean {
  const database = new Database(from, { readonly: true, timeout: 10_000 });
  try {
    database.prepare('VACUUM INTO ?').run(to);
    return true;
  } catch (error) {
    if (error instanceof Database.SqliteError && error.code === 'SQLITE_NOTADB') return false;
    throw error;
  } finally {
    database.close();
  }
}
