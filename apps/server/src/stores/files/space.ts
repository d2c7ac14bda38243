import { and, eq, like, ne, or, sum } from 'drizzle-orm';
import type { Db } from '../../db/open.ts';
import { files } from '../../db/schema/index.ts';
import type { Disk } from './disk.ts';
import { inputError } from './file-errors.ts';
import type { FileRow, FileRows } from './file-rows.ts';
import { isDatabaseName } from './name.ts';

/** How much of a workspace's space is taken, and which names are. */
export interface Space {
  quotaBytes: number;
  /** The row with the size that is on disk: databases grow behind our back. Null when nothing was written yet. */
  current(row: FileRow | undefined): Promise<FileRow | null>;
  /** What may be written to this name, the file that it replaces not counted. */
  freeFor(workspaceId: string, name: string): Promise<number>;
  /** A name cannot be a file and a folder at once. @throws {InputError} */
  requireNoFolderClash(workspaceId: string, name: string): void;
}

export function createSpace({ db, disk, rows, quotaBytes }: { db: Db; disk: Disk; rows: FileRows; quotaBytes: number }): Space {
  return {
    quotaBytes,
    async current(row) {
      if (!row || !isDatabaseName(row.name)) return row ?? null;
      const sizeBytes = await disk.size(row.workspaceId, row.name);
      return sizeBytes === 0 ? null : { ...row, sizeBytes };
    },
    async freeFor(workspaceId, name) {
      const others = and(eq(files.workspaceId, workspaceId), ne(files.name, name));
      const { used } = db.select({ used: sum(files.sizeBytes) }).from(files).where(others).get() ?? {};
      const databases = db.select().from(files).where(and(others, or(like(files.name, '%.sqlite'), like(files.name, '%.db')))).all();
      const sizes = await Promise.all(databases.map((row) => disk.size(workspaceId, row.name)));
      const grown = sizes.reduce((total, size, index) => total + size - (databases[index]?.sizeBytes ?? 0), 0);
      return Math.max(0, quotaBytes - Number(used ?? 0) - grown);
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
