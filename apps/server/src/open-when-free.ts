import { type FileHandle, open } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { RetryableError } from '@weft/connector-sdk';

/** All descriptors of this process, or of the machine, are in use. It passes when connections and files are closed. */
const allInUse = new Set(['EMFILE', 'ENFILE']);
const patienceMs = 20_000;

export const isAllInUse = (error: unknown): boolean => error instanceof Error && 'code' in error && allInUse.has(String(error.code));

/** For what cannot wait any longer. */
export const allInUseError = (cause: unknown): RetryableError =>
  new RetryableError('The server has more files and connections open than it may at the moment. Trying again helps.', { cause });

/** Opens a file; while the process may not open any more, it waits. @throws {RetryableError} after 20 seconds. */
export async function openWhenFree(path: string, flags: string, mode?: number): Promise<FileHandle> {
  for (let waitedMs = 0, pauseMs = 10; ; waitedMs += pauseMs, pauseMs = Math.min(500, pauseMs * 2)) {
    try {
      return await open(path, flags, mode);
    } catch (error) {
      if (!isAllInUse(error)) throw error;
      if (waitedMs >= patienceMs) throw allInUseError(error);
    }
    await sleep(pauseMs);
  }
}
