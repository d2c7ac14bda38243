import { and, eq, like, ne, or, sum } from 'drizzle-orm';
import type { Db } from '../../db/open.ts';
import { files } from '../../db/schema/index.ts';
import type { Disk } from './disk.ts';
import { inputError } from './file-errors.ts';
import type { FileRow, FileRows } from './file-rows.ts';
import { isDatabaseName } from './name.ts';

/** Bytes that are kept free for one writer, from before it writes them until a row says that they are there. */
export interface Room {
  readonly heldBytes: number;
  /** Makes it so large. @returns false where so much is not free; then it stays as it was. */
  hold(bytes: number): boolean;
  /** Called again and again while the bytes come: makes it larger as they need it. @returns false where nothing is left. */
  take(bytes: number): boolean;
  giveBack(): void;
}

/** How much of a workspace's space is taken, and which names are. */
export interface Space {
  quotaBytes: number;
  /** The row with the size that is on disk: databases grow behind our back. Null when nothing was written yet. */
  current(row: FileRow | undefined): FileRow | null;
  /** What nobody has written or holds. @param replaced - a file that will be gone: it does not count. */
  free(workspaceId: string, replaced?: string): number;
  /** Room for a writer, none yet. @param replaced - as for `free`. */
  room(workspaceId: string, replaced?: string): Room;
  /** A name cannot be a file and a folder at once. @throws {InputError} */
  requireNoFolderClash(workspaceId: string, name: string): void;
}

/** Rooms grow in steps of so much: what is free is not counted at each chunk. */
const stepBytes = 1 << 20;

/** All of it is synchronous, so that of several writers who ask at once each counts what the others hold. */
export function createSpace({ db, disk, rows, quotaBytes }: { db: Db; disk: Disk; rows: FileRows; quotaBytes: number }): Space {
  const held = new Map<string, number>();

  function free(workspaceId: string, replaced?: string): number {
    const counted = and(eq(files.workspaceId, workspaceId), replaced === undefined ? undefined : ne(files.name, replaced));
    const { used } = db.select({ used: sum(files.sizeBytes) }).from(files).where(counted).get() ?? {};
    const databases = db.select().from(files).where(and(counted, or(like(files.name, '%.sqlite'), like(files.name, '%.db')))).all();
    const grown = databases.reduce((total, { name, sizeBytes }) => total + disk.size(workspaceId, name) - sizeBytes, 0);
    return Math.max(0, quotaBytes - Number(used ?? 0) - grown - (held.get(workspaceId) ?? 0));
  }

  return {
    quotaBytes,
    free,
    current(row) {
      if (!row || !isDatabaseName(row.name)) return row ?? null;
      const sizeBytes = disk.size(row.workspaceId, row.name);
      return sizeBytes === 0 ? null : { ...row, sizeBytes };
    },
    room(workspaceId, replaced) {
      let own = 0;
      let taken = 0;
      const set = (bytes: number): void => {
        held.set(workspaceId, (held.get(workspaceId) ?? 0) + bytes - own);
        own = bytes;
      };
      return {
        get heldBytes() {
          return own;
        },
        hold(bytes) {
          if (bytes > own && bytes > free(workspaceId, replaced) + own) return false;
          set(bytes);
          return true;
        },
        take(bytes) {
          taken += bytes;
          if (taken <= own) return true;
          const most = free(workspaceId, replaced) + own;
          if (taken > most) return false;
          set(Math.min(taken + stepBytes, most));
          return true;
        },
        giveBack: () => set(0),
      };
    },
    requireNoFolderClash(workspaceId, name) {
      const parents = name.split('/').slice(0, -1).map((_, index, segments) => segments.slice(0, index + 1).join('/'));
      for (const { name: other } of rows.all(workspaceId)) {
        if (other.startsWith(`${name}/`) || parents.includes(other)) {
          throw inputError(`“${other}” is there already, so “${name}” cannot be. Choose another name.`);
        }
      }
    },
  };
}
