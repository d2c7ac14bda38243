import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { StartRefused } from '../start-refused.ts';
import type { Db } from './open.ts';

/** Beside this file in the sources, beside the bundle in production: the build copies the folder. */
const shippedMigrations = fileURLToPath(new URL('./migrations', import.meta.url));

/**
 * Brings the database to the schema of this program. A database with data is copied first (`VACUUM INTO`: copying the
 * file would lose what stands in the WAL), and the copy stays beside it as `before-<number of migrations>.sqlite`.
 * @throws {StartRefused} when the database is newer than this program, or came from a different line of development.
 */
export function migrate(db: Db, dataFolder: string, folder = shippedMigrations): void {
  const migrations = readMigrationFiles({ migrationsFolder: folder });
  // The journal that drizzle-kit writes beside the migrations, shipped with them.
  const tags = (JSON.parse(readFileSync(join(folder, 'meta', '_journal.json'), 'utf8')) as { entries: { tag: string }[] }).entries;
  const sqlite = db.$client;
  sqlite.exec('CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY, hash TEXT NOT NULL, applied_at INTEGER NOT NULL)');
  const applied = sqlite.prepare<[], { number: number; hash: string }>('SELECT number, hash FROM migrations ORDER BY number').all();
  if (applied.length > migrations.length) {
    throw new StartRefused(
      `The data in ${dataFolder} was written by a newer version of Weft. Start that version, or restore a backup made with this one.`,
    );
  }
  for (const [index, { hash }] of applied.entries()) {
    if (migrations[index]?.hash !== hash) {
      throw new StartRefused(
        `The data in ${dataFolder} was written by a pre-release of Weft whose format has changed since. Move that folder away and start again.`,
      );
    }
  }
  const pending = migrations.slice(applied.length);
  if (pending.length === 0) return;
  if (applied.length > 0) {
    copyInto(db, join(dataFolder, `before-${migrations.length}.sqlite`));
  }
  // Off before BEGIN: inside a transaction it is ignored, and rebuilding a table would cascade into its children.
  sqlite.pragma('foreign_keys = OFF');
  try {
    sqlite
      .transaction(() => {
        for (const [offset, { sql, hash }] of pending.entries()) {
          for (const text of sql) sqlite.exec(text);
          sqlite.prepare('INSERT INTO migrations VALUES (?, ?, ?)').run(applied.length + offset, hash, Date.now());
        }
        // SQLite answers this pragma with a row for each broken reference.
        const broken = sqlite.pragma('foreign_key_check') as unknown[];
        if (broken.length > 0) throw new Error(`Migration ${tags.at(-1)?.tag} leaves ${broken.length} rows that refer to nothing.`);
      })
      .immediate();
  } finally {
    sqlite.pragma('foreign_keys = ON');
  }
}

/** Under its name it is whole and on the disk: SQLite syncs no copy that it makes, and the power may go in the middle of it. */
function copyInto({ $client: sqlite }: Db, copy: string): void {
  const partial = `${copy}.partial`;
  rmSync(partial, { force: true });
  try {
    sqlite.prepare('VACUUM INTO ?').run(partial);
  } catch (error) {
    rmSync(partial, { force: true });
    if (!(error instanceof Database.SqliteError) || error.code !== 'SQLITE_FULL') throw error;
    throw new StartRefused(
      'Before an upgrade Weft copies its database, and the disk has no room for that. Make room, then start again; nothing was changed.',
      { cause: error },
    );
  }
  for (const path of [partial, dirname(copy)]) {
    const file = openSync(path, 'r');
    fsyncSync(file);
    closeSync(file);
    if (path === partial) renameSync(partial, copy);
  }
}
