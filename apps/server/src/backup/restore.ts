import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { StartRefused } from '../start-refused.ts';
import type { BackupManifest } from './backup.ts';

const manifestSchema = z.object({ format: z.literal('weft.backup/1'), version: z.string(), createdAt: z.string(), files: z.int() });

/**
 * Makes an installation from a backup, in a data folder that is empty or not there yet. An older backup is brought up to
 * date by the next start.
 * @throws {StartRefused} with a sentence; nothing was changed then.
 */
export function restore(source: string, dataFolder: string): BackupManifest {
  const manifest = readManifest(source);
  if (existsSync(dataFolder) && readdirSync(dataFolder).length > 0) {
    throw new StartRefused(`There is an installation in ${dataFolder} already. Stop it and move that folder away, or name another one with WEFT_DATA.`);
  }
  checkDatabase(join(source, 'weft.sqlite'));
  const partial = `${dataFolder}.partial`;
  rmSync(partial, { recursive: true, force: true });
  cpSync(source, partial, { recursive: true });
  chmodSync(partial, 0o700);
  chmodSync(join(partial, 'key'), 0o600);
  rmSync(join(partial, 'backup.json'));
  rmSync(dataFolder, { recursive: true, force: true });
  renameSync(partial, dataFolder);
  return manifest;
}

function readManifest(source: string): BackupManifest {
  const file = join(source, 'backup.json');
  const complete = ['backup.json', 'weft.sqlite', 'key'].every((name) => existsSync(join(source, name)));
  if (!complete) throw new StartRefused(`${source} is not a complete backup of Weft. Name the folder that “npm run backup” made.`);
  const parsed = manifestSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!parsed.success) throw new StartRefused(`${file} was not written by this version of Weft or an older one. Restore it with the version that made it.`);
  return parsed.data;
}

function checkDatabase(file: string): void {
  const database = new Database(file, { readonly: true });
  try {
    const result = database.pragma('integrity_check', { simple: true });
    if (result !== 'ok') throw new StartRefused(`The database in this backup is damaged: ${String(result)}. Use another backup.`);
  } finally {
    database.close();
  }
}
