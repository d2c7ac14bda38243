import { randomBytes } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { rename, rm, statfs, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

/**
 * A file that takes some room for when the disk is full: given back, it is enough for a start, for signing in, and for deleting what takes
 * the rest. Nobody could make room in the product otherwise.
 */
export interface SpareRoom {
  /** Takes it anew where it is missing and the disk has plenty, now and every ten minutes. */
  keep(): Promise<void>;
  /** Gives it back to the disk. @returns false when there was none. */
  release(): boolean;
  close(): void;
}

const spareBytes = 4 << 20;
const plentyBytes = 16 * spareBytes;
const againMs = 10 * 60_000;

/** @param failed - told when it cannot be taken later on. */
export function createSpareRoom(file: string, failed: (error: unknown) => void): SpareRoom {
  let timer: NodeJS.Timeout | undefined;

  async function take(): Promise<void> {
    if (existsSync(file)) return;
    const { bavail, bsize } = await statfs(dirname(file));
    if (bavail * bsize < plentyBytes) return;
    // Nothing that a file system could keep in less room.
    const bytes = await promisify(randomBytes)(spareBytes);
    const partial = `${file}.partial`;
    try {
      await writeFile(partial, bytes, { mode: 0o600 });
      await rename(partial, file);
    } finally {
      await rm(partial, { force: true });
    }
  }

  return {
    async keep() {
      timer ??= setInterval(() => void take().catch(failed), againMs).unref();
      await take();
    },
    release() {
      const wasThere = existsSync(file);
      rmSync(file, { force: true });
      return wasThere;
    },
    close: () => clearInterval(timer),
  };
}
