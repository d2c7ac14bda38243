import { randomUUID } from 'node:crypto';
import { lstatSync, rmSync } from 'node:fs';
import { type FileHandle, lstat, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { openWhenFree } from '../../open-when-free.ts';

/** The bytes of the files: written aside, synced and renamed, so that a name always has a whole file behind it. */
export interface Disk {
  path(workspaceId: string, name: string): string;
  /** The first `length` bytes; null where there is no such file. */
  read(workspaceId: string, name: string, length: number): Promise<Uint8Array | null>;
  /** The first `length` bytes of the file that has the name now, whatever takes its name later. */
  stream(workspaceId: string, name: string, length: number): Promise<ReadableStream>;
  /** 0 where there is none. */
  size(workspaceId: string, name: string): number;
  /** @param take - asked before each chunk is written. @throws {TooLarge} when it says no. */
  writeAside(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, take: (bytes: number) => boolean): Promise<FileAside>;
  /** Bytes from one place to another, in large chunks, as they are asked for; each is valid until the next one is. */
  chunks(workspaceId: string, name: string, from: number, to: number): AsyncIterable<Uint8Array>;
  /** Replaces everything from `offset` on; on disk once `sync` was called. */
  putAt(workspaceId: string, name: string, offset: number, bytes: Uint8Array): Promise<void>;
  sync(workspaceId: string, name: string): Promise<void>;
  /** Replaces everything from `offset` on. */
  writeAt(workspaceId: string, name: string, offset: number, bytes: Uint8Array): Promise<void>;
  remove(workspaceId: string, name: string): Promise<void>;
  /** The path, its folder made, for clients that open the file themselves. */
  folderFor(workspaceId: string, name: string): Promise<string>;
}

/** A file that is on disk and has no name yet. */
export interface FileAside {
  sizeBytes: number;
  /** Gives it the name; a file that had it is gone. */
  put(workspaceId: string, name: string): Promise<void>;
}

export class TooLarge extends Error {}

/** @param root - the folder of all workspaces' files, for this store alone: half-written files of a crash are removed. */
export function createDisk(root: string): Disk {
  const asideFolder = join(root, '.aside');
  rmSync(asideFolder, { recursive: true, force: true });
  const path = (workspaceId: string, name: string) => join(root, workspaceId, ...name.split('/'));
  return {
    path,
    async read(workspaceId, name, length) {
      const handle = await missingIsNull(openWhenFree(path(workspaceId, name), 'r'));
      if (!handle) return null;
      try {
        // More than the row says is what a crash left of an addition that was never committed.
        const bytes = new Uint8Array(Math.min(length, (await handle.stat()).size));
        let done = 0;
        while (done < bytes.byteLength) {
          const { bytesRead } = await handle.read(bytes, done, bytes.byteLength - done, done);
          if (bytesRead === 0) return bytes.subarray(0, done);
          done += bytesRead;
        }
        return bytes;
      } finally {
        await handle.close();
      }
    },
    async stream(workspaceId, name, length) {
      if (length === 0) return ReadableStream.from<Uint8Array>([]);
      const handle = await openWhenFree(path(workspaceId, name), 'r');
      return ReadableStream.from<Uint8Array>(handle.createReadStream({ end: length - 1 }));
    },
    size: (workspaceId, name) => sizeOf(path(workspaceId, name)),
    async writeAside(chunks, take) {
      const aside = join(asideFolder, randomUUID());
      await mkdir(asideFolder, { recursive: true });
      const handle = await openWhenFree(aside, 'wx', 0o600);
      let sizeBytes = 0;
      try {
        for await (const chunk of chunks) {
          if (!take(chunk.byteLength)) throw new TooLarge();
          sizeBytes += chunk.byteLength;
          await writeAll(handle, chunk);
        }
        await handle.sync();
      } catch (error) {
        await handle.close();
        await rm(aside, { force: true });
        throw error;
      }
      await handle.close();
      return {
        sizeBytes,
        async put(workspaceId, name) {
          const target = path(workspaceId, name);
          try {
            await mkdir(dirname(target), { recursive: true });
            await rename(aside, target);
          } catch (error) {
            await rm(aside, { force: true });
            throw error;
          }
          await syncFolder(dirname(target));
        },
      };
    },
    chunks: (workspaceId, name, from, to) => chunksOf(path(workspaceId, name), from, to),
    putAt: (workspaceId, name, offset, bytes) => atPlace(path(workspaceId, name), offset, bytes),
    async sync(workspaceId, name) {
      const handle = await openWhenFree(path(workspaceId, name), 'r+');
      try {
        await handle.datasync();
      } finally {
        await handle.close();
      }
    },
    writeAt: (workspaceId, name, offset, bytes) => atPlace(path(workspaceId, name), offset, bytes, { sync: true }),
    async remove(workspaceId, name) {
      const target = path(workspaceId, name);
      await rm(target, { force: true });
      for (const side of ['-wal', '-shm', '-journal']) await rm(target + side, { force: true });
    },
    async folderFor(workspaceId, name) {
      const target = path(workspaceId, name);
      await mkdir(dirname(target), { recursive: true });
      // Nothing of ours makes links; one that is there would lead out of the folder.
      if ((await missingIsNull(lstat(target)))?.isSymbolicLink()) throw new Error(`${name} is a link.`);
      return target;
    },
  };
}

/**
 * Large enough that reading costs little. As text it must stay below 128 kB: V8 puts longer ones where only a full collection finds
 * them, and a stream would leave behind hundreds.
 */
const chunkBytes = 64 << 10;

/** One piece of memory for all chunks: new ones would have to be collected, and a long file has many. */
async function* chunksOf(file: string, from: number, to: number): AsyncGenerator<Uint8Array> {
  if (from >= to) return;
  const handle = await openWhenFree(file, 'r');
  try {
    const buffer = Buffer.allocUnsafeSlow(Math.min(chunkBytes, to - from));
    for (let at = from; at < to; ) {
      const { bytesRead } = await handle.read(buffer, 0, Math.min(buffer.byteLength, to - at), at);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
      at += bytesRead;
    }
  } finally {
    await handle.close();
  }
}

async function atPlace(file: string, offset: number, bytes: Uint8Array, { sync = false } = {}): Promise<void> {
  const handle = await openWhenFree(file, 'r+');
  try {
    if ((await handle.stat()).size !== offset) await handle.truncate(offset);
    await writeAll(handle, bytes, offset);
    if (sync) await handle.datasync();
  } finally {
    await handle.close();
  }
}

async function writeAll(handle: FileHandle, bytes: Uint8Array, position: number | null = null): Promise<void> {
  let done = 0;
  while (done < bytes.byteLength) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.byteLength - done, position === null ? null : position + done);
    done += bytesWritten;
  }
}

/** The rename itself is durable only when its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await openWhenFree(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function missingIsNull<T>(promise: Promise<T>): Promise<T | null> {
  try {
    return await promise;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

function sizeOf(file: string): number {
  try {
    return lstatSync(file).size;
  } catch (error) {
    if (isMissing(error)) return 0;
    throw error;
  }
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
