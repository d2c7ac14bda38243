import { createHash } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, readdirSync, renameSync, rmSync, statSync, utimesSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { LostValue } from './lost-value.ts';

/**
 * Files named by the SHA-256 of what is in them, for values too large for a row: the same value is stored once. Synchronous, because
 * a value is written inside the commit that names it, and such values are rare.
 */
export interface BlobStore {
  /** On disk, and so is its name, when it returns. @returns its name. */
  put(bytes: Buffer): string;
  /** Null when it is gone. @throws {LostValue} when what is there is not what the name says. */
  get(sha256: string): Buffer | null;
  /** Names of blobs that were last put before this moment, some at a time: `after` is the last name of the time before. */
  olderThan(moment: number, after: string, limit: number): string[];
  remove(sha256: string): void;
}

/** Two characters of the name make a folder: no folder grows too long. */
export const blobPath = (folder: string, sha256: string): string => join(folder, sha256.slice(0, 2), sha256);

const partialPrefix = 'partial-';

const isName = (name: string): boolean => /^[0-9a-f]{64}$/.test(name);

export function createBlobStore(folder: string): BlobStore {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  let temporary = 0;
  // What a process left that died in the middle of writing.
  for (const name of readdirSync(folder)) if (name.startsWith(partialPrefix)) rmSync(join(folder, name), { force: true });

  return {
    put(bytes) {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const path = blobPath(folder, sha256);
      if (existsSync(path) && readFileSync(path).equals(bytes)) {
        // Fresh again, so that nothing collects it before the commit that names it.
        const now = new Date();
        utimesSync(path, now, now);
        return sha256;
      }
      const parent = join(folder, sha256.slice(0, 2));
      const isNew = mkdirSync(parent, { recursive: true, mode: 0o700 }) !== undefined;
      temporary += 1;
      const partial = join(folder, `${partialPrefix}${process.pid}-${temporary}`);
      writeWhole(partial, bytes);
      renameSync(partial, path);
      syncFolder(parent);
      if (isNew) syncFolder(folder);
      return sha256;
    },
    get(sha256) {
      const path = blobPath(folder, sha256);
      if (!isName(sha256) || !existsSync(path)) return null;
      const bytes = readFileSync(path);
      if (createHash('sha256').update(bytes).digest('hex') !== sha256) throw new LostValue(sha256, 'damaged on disk');
      return bytes;
    },
    olderThan(moment, after, limit) {
      const found: string[] = [];
      for (const prefix of readdirSync(folder).filter((name) => name.length === 2 && name >= after.slice(0, 2)).toSorted()) {
        for (const name of readdirSync(join(folder, prefix)).toSorted()) {
          if (name <= after || !isName(name) || statSync(join(folder, prefix, name)).mtimeMs >= moment) continue;
          found.push(name);
          if (found.length === limit) return found;
        }
      }
      return found;
    },
    remove: (sha256) => rmSync(blobPath(folder, sha256), { force: true }),
  };
}

function writeWhole(path: string, bytes: Buffer): void {
  const file = openSync(path, 'w', 0o600);
  try {
    for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** The name of a new file is safe only when its folder is. */
function syncFolder(path: string): void {
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
