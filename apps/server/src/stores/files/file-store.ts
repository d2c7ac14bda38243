import type { FileSummary } from '@weft/api';
import type { OpenFile, WorkspaceFiles } from '@weft/connector-sdk';
import { commit } from '../../db/commit.ts';
import type { Db } from '../../db/open.ts';
import { audit } from '../audit/writer.ts';
import { createAdditions } from './additions.ts';
import { createDatabasesInUse } from './databases-in-use.ts';
import { createDisk } from './disk.ts';
import { inputError, noSuchFile, requireName } from './file-errors.ts';
import { createFileRows, fileSummary, type FileRow } from './file-rows.ts';
import { withKnownNames } from './known-names.ts';
import { isDatabaseName } from './name.ts';
import { fileKey as key, type FileParts, replaceFile } from './replace-file.ts';
import { createSpace } from './space.ts';
import { createStreamWrites } from './stream-writes.ts';
import { createTurns } from './turns.ts';
import { createUnwrittenFiles } from './unwritten-files.ts';

/**
 * The files of a workspace: bytes on the disk, rows that say what of them counts.
 *
 * 1. Writers of a name take turns; readers wait for a writer only while a file is being replaced.
 * 2. A name always has a whole file behind it: new content is written aside, synced, and put in place with its row.
 * 3. More bytes than the row says are what a crash left of something that was never committed: they are never read.
 * 4. Databases are written by SQL steps, behind our back: their size is what is on disk.
 */
export interface FileStore {
  list(workspaceId: string): Promise<{ files: FileSummary[]; usedBytes: number; quotaBytes: number }>;
  /** Null when there is none of that name. @throws {InputError} when the name is none. */
  find(workspaceId: string, name: string): Promise<FileSummary | null>;
  /** A file as it is now, to its end, whatever takes its name meanwhile. Null when there is none of that name. */
  content(workspaceId: string, name: string): Promise<{ file: FileSummary; bytes: ReadableStream } | null>;
  /** The first bytes, for a preview. */
  head(workspaceId: string, file: FileSummary, bytes: number): Promise<Uint8Array>;
  /** @throws {InputError} when there is no space for it: before anything is read where the size is announced, else when it is used up. */
  upload(
    actorId: string,
    workspaceId: string,
    name: string,
    file: { announcedBytes: number | null; chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array> },
  ): Promise<FileSummary>;
  remove(actorId: string, workspaceId: string, name: string): Promise<boolean>;
  /** What a run wrote. */
  ofRun(workspaceId: string, runId: string): Promise<FileSummary[]>;
  /** What connectors get, for one call. */
  of(workspaceId: string): LentFiles;
}

export interface LentFiles extends WorkspaceFiles {
  /** The call has ended: its databases grow no further. */
  ended(): void;
}

export interface FileStoreOptions {
  db: Db;
  /** The folder of all workspaces' files. */
  folder: string;
  /** For each workspace. Default 10 GB. */
  quotaBytes?: number;
  /** Told after each change. */
  changed?: (workspaceId: string) => void;
}

export function createFileStore({ db, folder, quotaBytes = 10e9, changed = () => undefined }: FileStoreOptions): FileStore {
  const disk = createDisk(folder);
  const rows = createFileRows(db);
  const space = createSpace({ db, disk, rows, quotaBytes });
  const databases = createDatabasesInUse(disk, space);
  const inTurn = createTurns();
  const inPlace = createTurns();
  const parts: FileParts = { db, disk, rows, space, inPlace, unwritten: createUnwrittenFiles(), changed };
  const add = createAdditions(parts);
  const streams = createStreamWrites(parts);

  async function find(workspaceId: string, name: string): Promise<FileSummary | null> {
    requireName(name);
    const row = space.current(rows.find(workspaceId, name));
    return row && fileSummary(row);
  }

  const currentRows = (workspaceId: string): FileRow[] => rows.all(workspaceId).map(space.current).filter((row) => row !== null);

  async function openFile(workspaceId: string, name: string): Promise<OpenFile> {
    const file = await find(workspaceId, name);
    if (!file) throw noSuchFile(name);
    const { sizeBytes, updatedAt } = file;
    return { sizeBytes, version: `${sizeBytes} ${updatedAt}`, read: (from) => disk.chunks(workspaceId, name, from, sizeBytes) };
  }

  const store: FileStore = {
    find,
    async list(workspaceId) {
      const all = currentRows(workspaceId);
      return { files: all.map(fileSummary), usedBytes: all.reduce((total, { sizeBytes }) => total + sizeBytes, 0), quotaBytes };
    },
    content: (workspaceId, name) =>
      inPlace(key(workspaceId, name), async () => {
        const file = await find(workspaceId, name);
        return file && { file, bytes: await disk.stream(workspaceId, name, file.sizeBytes) };
      }),
    async head(workspaceId, file, bytes) {
      return (await disk.read(workspaceId, file.name, Math.min(bytes, file.sizeBytes))) ?? new Uint8Array();
    },
    upload: (actorId, workspaceId, name, { announcedBytes, chunks }) =>
      inTurn(key(workspaceId, name), async () => {
        requireName(name);
        const auditRows = (sizeBytes: number) => [audit(db, { workspaceId, actorId, action: 'file.uploaded', subjectId: name, after: { sizeBytes } })];
        await replaceFile(parts, { workspaceId, name, chunks, announcedBytes, runId: null, alongside: auditRows });
        const row = rows.find(workspaceId, name);
        if (!row) throw new Error(`The file ${name} is gone although it was just written.`);
        return fileSummary(row);
      }),
    remove: (actorId, workspaceId, name) =>
      inTurn(key(workspaceId, name), async () => {
        requireName(name);
        const row = rows.find(workspaceId, name);
        if (!row) return false;
        parts.unwritten.forget(key(workspaceId, name));
        await commit(db, [
          rows.remove(workspaceId, name),
          rows.forgetAdditions(workspaceId, name),
          audit(db, { workspaceId, actorId, action: 'file.deleted', subjectId: name, before: { sizeBytes: row.sizeBytes } }),
        ]);
        await disk.remove(workspaceId, name);
        changed(workspaceId);
        return true;
      }),
    async ofRun(workspaceId, runId) {
      return rows.ofRun(workspaceId, runId).map(fileSummary);
    },
    of(workspaceId) {
      let opened: string[] | undefined;
      return {
        async list() {
          return currentRows(workspaceId).map(({ name, sizeBytes, updatedAt }) => ({ name, sizeBytes, updatedAt: new Date(updatedAt).toISOString() }));
        },
        async read(name) {
          const bytes = await inPlace(key(workspaceId, name), async () => {
            const file = await find(workspaceId, name);
            return file && disk.read(workspaceId, name, file.sizeBytes);
          });
          if (!bytes) throw noSuchFile(name);
          return bytes;
        },
        write: (name, bytes, { runId }) => inTurn(key(workspaceId, name), () => replaceFile(parts, { workspaceId, name, chunks: [bytes], runId })),
        open: (name) => openFile(workspaceId, name),
        put: (name, content, at, by) => inTurn(key(workspaceId, name), () => streams.put(workspaceId, name, content, at, by)),
        keep: (name, length, by) => inTurn(key(workspaceId, name), () => streams.keep(workspaceId, name, length, by)),
        append: (name, by, content) => inTurn(key(workspaceId, name), () => add(workspaceId, name, by, content)),
        database: (name) =>
          inTurn(key(workspaceId, name), async () => {
            requireName(name);
            if (!isDatabaseName(name)) throw inputError(`“${name}” is no database file: its name must end in .sqlite or .db.`);
            const maxBytes = databases.begin(workspaceId, name);
            (opened ??= []).push(name);
            if (!rows.find(workspaceId, name)) {
              space.requireNoFolderClash(workspaceId, name);
              await commit(db, [rows.record(workspaceId, name, 0, null)]);
            }
            return { path: await disk.folderFor(workspaceId, name), maxBytes };
          }),
        ended() {
          for (const name of opened ?? []) databases.end(workspaceId, name);
          opened = undefined;
        },
      };
    },
  };
  return withKnownNames(store, rows);
}
