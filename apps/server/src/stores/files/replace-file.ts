import { commit, type Statement } from '../../db/commit.ts';
import type { Db } from '../../db/open.ts';
import { type Disk, TooLarge } from './disk.ts';
import { noSpace, requireName } from './file-errors.ts';
import type { FileRows } from './file-rows.ts';
import { isDatabaseName } from './name.ts';
import type { Space } from './space.ts';
import type { UnwrittenFiles } from './unwritten-files.ts';

/** What every way of writing a file works with. */
export interface FileParts {
  db: Db;
  disk: Disk;
  rows: FileRows;
  space: Space;
  /** A file and its row change together; opening it waits for both. */
  inPlace: <T>(key: string, work: () => Promise<T>) => Promise<T>;
  /** What streams have written and not committed yet. */
  unwritten: UnwrittenFiles;
  /** Told after each change. */
  changed(workspaceId: string): void;
}

export interface NewContent {
  workspaceId: string;
  name: string;
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  /** How many bytes there will be, where it is known: refused before any is read. Default unknown. */
  announcedBytes?: number | null;
  /** The run that writes it; null: a person. */
  runId: string | null;
  /** What else belongs to its commit. Default nothing. */
  alongside?: (sizeBytes: number) => Statement[];
}

export const fileKey = (workspaceId: string, name: string): string => `${workspaceId}/${name}`;

/** The whole file is another one: written aside and put in place, with its row, in one moment. @throws {InputError} */
export async function replaceFile(
  { db, disk, rows, space, inPlace, unwritten, changed }: FileParts,
  { workspaceId, name, chunks, announcedBytes, runId, alongside }: NewContent,
): Promise<void> {
  requireName(name);
  space.requireNoFolderClash(workspaceId, name);
  const room = space.room(workspaceId, name);
  if (!room.hold(announcedBytes ?? 0)) throw noSpace(name);
  try {
    unwritten.forget(fileKey(workspaceId, name));
    if (isDatabaseName(name)) await disk.remove(workspaceId, name);
    const aside = await disk.writeAside(chunks, room.take);
    await inPlace(fileKey(workspaceId, name), async () => {
      await aside.put(workspaceId, name);
      await commit(db, [
        rows.forgetAdditions(workspaceId, name),
        rows.record(workspaceId, name, aside.sizeBytes, runId),
        ...(alongside?.(aside.sizeBytes) ?? []),
      ]);
    });
  } catch (error) {
    throw error instanceof TooLarge ? noSpace(name) : error;
  } finally {
    room.giveBack();
  }
  changed(workspaceId);
}
