import { and, asc, eq, gt, like, ne, or, sql, sum } from 'drizzle-orm';
import { type FileWriter, InputError, type OpenFile, TerminalError, type WorkspaceFiles } from '@weft/connector-sdk';
import { commit, type Statement, statement } from '../../db/commit.ts';
import type { Db } from '../../db/open.ts';
import { fileAdditions, files } from '../../db/schema/index.ts';
import type { FileSummary } from '@weft/api';
import { audit } from '../audit/writer.ts';
import { createDisk, TooLarge } from './disk.ts';
import { isDatabaseName, nameIssue } from './name.ts';
import { createTurns } from './turns.ts';
import type { Unwritten } from './unwritten.ts';
import { createUnwrittenFiles } from './unwritten-files.ts';

export interface FileStore {
  list(workspaceId: string): Promise<{ files: FileSummary[]; usedBytes: number; quotaBytes: number }>;
  /** Null when there is none of that name. @throws {InputError} when the name is none. */
  find(workspaceId: string, name: string): Promise<FileSummary | null>;
  /** A file as it is now, to its end, whatever takes its name meanwhile. Null when there is none of that name. */
  content(workspaceId: string, name: string): Promise<{ file: FileSummary; bytes: ReadableStream } | null>;
  /** The first bytes, for a preview. */
  head(workspaceId: string, file: FileSummary, bytes: number): Promise<Uint8Array>;
  /** @throws {InputError} when there is no space for it: before anything is read where the size is announced, else when it is used up. */
  upload(actorId: string, workspaceId: string, name: string, file: { announcedBytes: number | null; chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array> }): Promise<FileSummary>;
  remove(actorId: string, workspaceId: string, name: string): Promise<boolean>;
  /** What a run wrote. */
  ofRun(workspaceId: string, runId: string): Promise<FileSummary[]>;
  /** What connectors get. */
  of(workspaceId: string): WorkspaceFiles;
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

type Row = typeof files.$inferSelect;

const mostUnwrittenBytes = 1 << 20;

export function createFileStore({ db, folder, quotaBytes = 10e9, changed }: FileStoreOptions): FileStore {
  const disk = createDisk(folder);
  const inTurn = createTurns();
  /** A name's bytes and its row change together; whoever opens one by the other waits these moments. */
  const inPlace = createTurns();
  /** What streams have put and nobody counts on yet: small batches become few writes. */
  const unwritten = createUnwrittenFiles();
  const mine = (workspaceId: string, name: string) => and(eq(files.workspaceId, workspaceId), eq(files.name, name));
  const additionsOf = (workspaceId: string, name: string) => and(eq(fileAdditions.workspaceId, workspaceId), eq(fileAdditions.name, name));

  const toSummary = (row: Row): FileSummary => ({
    name: row.name,
    sizeBytes: row.sizeBytes,
    updatedAt: new Date(row.updatedAt).toISOString(),
    runId: row.runId,
  });

  /** Databases grow behind our back: their size is what is on disk. Null when nothing was written yet. */
  async function current(row: Row | undefined): Promise<Row | null> {
    if (!row || !isDatabaseName(row.name)) return row ?? null;
    const sizeBytes = await disk.size(row.workspaceId, row.name);
    return sizeBytes === 0 ? null : { ...row, sizeBytes };
  }

  async function find(workspaceId: string, name: string): Promise<FileSummary | null> {
    requireName(name);
    const row = await current(db.select().from(files).where(mine(workspaceId, name)).get());
    return row && toSummary(row);
  }

  async function rowsOf(workspaceId: string): Promise<Row[]> {
    const rows = db.select().from(files).where(eq(files.workspaceId, workspaceId)).orderBy(asc(files.name)).all();
    return (await Promise.all(rows.map(current))).filter((row) => row !== null);
  }

  /** What may be written to this name, the file that it replaces not counted. */
  async function spaceFor(workspaceId: string, name: string): Promise<number> {
    const others = and(eq(files.workspaceId, workspaceId), ne(files.name, name));
    const { used } = db.select({ used: sum(files.sizeBytes) }).from(files).where(others).get() ?? {};
    const databases = db.select().from(files).where(and(others, or(like(files.name, '%.sqlite'), like(files.name, '%.db')))).all();
    const sizes = await Promise.all(databases.map((row) => disk.size(workspaceId, row.name)));
    const grown = sizes.reduce((total, size, index) => total + size - (databases[index]?.sizeBytes ?? 0), 0);
    return Math.max(0, quotaBytes - Number(used ?? 0) - grown);
  }

  /** The row as the file is now; what steps had added before is forgotten unless they go on. */
  const record = (workspaceId: string, name: string, sizeBytes: number, runId: string | null): Statement => {
    const values = { sizeBytes, runId, updatedAt: Date.now() };
    return statement(
      db.insert(files).values({ workspaceId, name, ...values }).onConflictDoUpdate({ target: [files.workspaceId, files.name], set: values }),
    );
  };

  async function replace(workspaceId: string, name: string, chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, runId: string | null, more: (size: number) => Statement[] = () => []) {
    requireName(name);
    requireNoFolderClash(workspaceId, name);
    unwritten.forget(key(workspaceId, name));
    if (isDatabaseName(name)) await disk.remove(workspaceId, name);
    try {
      const aside = await disk.writeAside(chunks, await spaceFor(workspaceId, name));
      await inPlace(key(workspaceId, name), async () => {
        await aside.put(workspaceId, name);
        await commit(db, [
          statement(db.delete(fileAdditions).where(additionsOf(workspaceId, name))),
          record(workspaceId, name, aside.sizeBytes, runId),
          ...more(aside.sizeBytes),
        ]);
      });
    } catch (error) {
      throw error instanceof TooLarge ? noSpace(name) : error;
    }
    changed?.(workspaceId);
  }

  /** A name cannot be a file and a folder at once. */
  function requireNoFolderClash(workspaceId: string, name: string): void {
    const parents = name.split('/').slice(0, -1).map((_, index, segments) => segments.slice(0, index + 1).join('/'));
    for (const { name: other } of db.select({ name: files.name }).from(files).where(eq(files.workspaceId, workspaceId)).all()) {
      if (other.startsWith(`${name}/`) || parents.includes(other)) throw inputError(`“${other}” is there already, so “${name}” cannot be. Choose another name.`);
    }
  }

  async function append(workspaceId: string, name: string, { runId, idempotencyKey }: FileWriter, content: (lengthBefore: number) => Uint8Array): Promise<number> {
    requireName(name);
    if (isDatabaseName(name)) throw inputError(`“${name}” is a database; rows are added to it with a SQL step.`);
    const row = db.select().from(files).where(mine(workspaceId, name)).get();
    const addition = (offset: number, length: number) =>
      statement(db.insert(fileAdditions).values({ workspaceId, name, runId, idempotencyKey, offset, length }));
    const begun = row && db.select().from(fileAdditions).where(and(additionsOf(workspaceId, name), eq(fileAdditions.runId, runId))).limit(1).get();
    if (!row || !begun) {
      const bytes = content(0);
      await replace(workspaceId, name, [bytes], runId, (size) => [addition(0, size)]);
      return 0;
    }
    const before = db.select().from(fileAdditions).where(and(additionsOf(workspaceId, name), eq(fileAdditions.idempotencyKey, idempotencyKey))).get();
    const offset = before?.offset ?? row.sizeBytes;
    const bytes = content(offset);
    const growth = bytes.byteLength - (before?.length ?? 0);
    if (row.sizeBytes + growth > (await spaceFor(workspaceId, name))) throw noSpace(name);
    const behind = before ? await tail(row, before.offset + before.length) : new Uint8Array();
    const own = and(additionsOf(workspaceId, name), eq(fileAdditions.idempotencyKey, idempotencyKey));
    const statements = [before ? statement(db.update(fileAdditions).set({ length: bytes.byteLength }).where(own), { rows: 1 }) : addition(offset, bytes.byteLength)];
    if (before && growth !== 0) {
      const behindIt = and(additionsOf(workspaceId, name), gt(fileAdditions.id, before.id));
      statements.push(statement(db.update(fileAdditions).set({ offset: sql`${fileAdditions.offset} + ${growth}` }).where(behindIt)));
    }
    statements.push(record(workspaceId, name, row.sizeBytes + growth, runId));
    await inPlace(key(workspaceId, name), async () => {
      if (behind.byteLength > 0) {
        // In the middle of the file: written anew as a whole, so that a crash leaves the old one.
        const head = (await disk.read(workspaceId, name, offset)) ?? new Uint8Array();
        await (await disk.writeAside([head, bytes, behind], Number.POSITIVE_INFINITY)).put(workspaceId, name);
      } else {
        await disk.writeAt(workspaceId, name, offset, bytes);
      }
      // The bytes are synced; the row may wait, because the step only counts as done with the journal's own commit after it.
      await commit(db, statements, { durable: false });
    });
    changed?.(workspaceId);
    return offset;
  }

  async function tail(row: Row, from: number): Promise<Uint8Array> {
    return from >= row.sizeBytes ? new Uint8Array() : ((await disk.read(row.workspaceId, row.name, row.sizeBytes)) ?? new Uint8Array()).subarray(from);
  }

  /** What is put counts once it is kept; until then the row says what did. */
  async function put(workspaceId: string, name: string, content: Uint8Array | string, at: number | 'end', { runId }: FileWriter): Promise<number> {
    const waiting = unwritten.get(key(workspaceId, name));
    if (at !== 'end' && at !== 0 && waiting?.runId === runId && waiting.accepts(at)) return gather(workspaceId, name, waiting, at, content);
    requireName(name);
    if (isDatabaseName(name)) throw inputError(`“${name}” is a database; rows are added to it with a SQL step.`);
    const row = db.select().from(files).where(mine(workspaceId, name)).get();
    const offset = at === 'end' ? (row?.sizeBytes ?? 0) : at;
    if (!row || offset === 0) {
      const bytes = typeof content === 'string' ? Buffer.from(content) : content;
      await replace(workspaceId, name, [bytes], runId);
      return bytes.byteLength;
    }
    if (at === 'end') await takeOver(row, runId);
    else if (row.runId !== runId || (await disk.size(workspaceId, name)) < offset) throw writtenByAnother(name);
    const begun = unwritten.begin(key(workspaceId, name), runId, offset);
    return gather(workspaceId, name, begun, offset, content);
  }

  async function gather(workspaceId: string, name: string, waiting: Unwritten, at: number, content: Uint8Array | string): Promise<number> {
    const end = waiting.add(at, content);
    if (waiting.sizeBytes >= mostUnwrittenBytes) await writeOut(workspaceId, name, waiting);
    return end;
  }

  /** Puts on disk what has gathered. */
  async function writeOut(workspaceId: string, name: string, waiting: Unwritten): Promise<void> {
    const { begin, bytes } = waiting.take();
    if (bytes.byteLength > 0) await disk.putAt(workspaceId, name, begin, bytes);
  }

  /** From now on it is this run that fills the file. */
  async function takeOver(row: Row, runId: string): Promise<void> {
    await commit(db, [statement(db.delete(fileAdditions).where(additionsOf(row.workspaceId, row.name))), record(row.workspaceId, row.name, row.sizeBytes, runId)], { durable: false });
  }

  async function keep(workspaceId: string, name: string, length: number, { runId }: FileWriter): Promise<void> {
    if (length > (await spaceFor(workspaceId, name))) throw noSpace(name);
    const waiting = unwritten.get(key(workspaceId, name));
    const row = db.select().from(files).where(mine(workspaceId, name)).get();
    if (row?.runId !== runId) throw writtenByAnother(name);
    if (waiting?.runId === runId) await writeOut(workspaceId, name, waiting);
    await disk.sync(workspaceId, name);
    // As with additions: the commit of the batch follows, and makes this one durable too.
    await commit(db, [record(workspaceId, name, length, runId)], { durable: false });
    changed?.(workspaceId);
  }

  async function openFile(workspaceId: string, name: string): Promise<OpenFile> {
    const file = await find(workspaceId, name);
    if (!file) throw inputError(`There is no file “${name}”. Choose one, or upload it first.`);
    const { sizeBytes, updatedAt } = file;
    return { sizeBytes, version: `${sizeBytes} ${updatedAt}`, read: (from) => disk.chunks(workspaceId, name, from, sizeBytes) };
  }

  const key = (workspaceId: string, name: string) => `${workspaceId}/${name}`;

  return {
    find,
    async list(workspaceId) {
      const rows = await rowsOf(workspaceId);
      return { files: rows.map(toSummary), usedBytes: rows.reduce((total, { sizeBytes }) => total + sizeBytes, 0), quotaBytes };
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
        if (announcedBytes !== null && announcedBytes > (await spaceFor(workspaceId, name))) throw noSpace(name);
        await replace(workspaceId, name, chunks, null, (size) => [
          audit(db, { workspaceId, actorId, action: 'file.uploaded', subjectId: name, after: { sizeBytes: size } }),
        ]);
        const row = db.select().from(files).where(mine(workspaceId, name)).get();
        if (!row) throw new Error(`The file ${name} is gone although it was just written.`);
        return toSummary(row);
      }),
    remove: (actorId, workspaceId, name) =>
      inTurn(key(workspaceId, name), async () => {
        requireName(name);
        const row = db.select().from(files).where(mine(workspaceId, name)).get();
        if (!row) return false;
        unwritten.forget(key(workspaceId, name));
        await commit(db, [
          statement(db.delete(files).where(mine(workspaceId, name)), { rows: 1 }),
          statement(db.delete(fileAdditions).where(additionsOf(workspaceId, name))),
          audit(db, { workspaceId, actorId, action: 'file.deleted', subjectId: name, before: { sizeBytes: row.sizeBytes } }),
        ]);
        await disk.remove(workspaceId, name);
        changed?.(workspaceId);
        return true;
      }),
    async ofRun(workspaceId, runId) {
      return db.select().from(files).where(and(eq(files.workspaceId, workspaceId), eq(files.runId, runId))).orderBy(asc(files.name)).all().map(toSummary);
    },
    of: (workspaceId) => ({
      async list() {
        return (await rowsOf(workspaceId)).map(({ name, sizeBytes, updatedAt }) => ({ name, sizeBytes, updatedAt: new Date(updatedAt).toISOString() }));
      },
      async read(name) {
        const bytes = await inPlace(key(workspaceId, name), async () => {
          const file = await find(workspaceId, name);
          return file && disk.read(workspaceId, name, file.sizeBytes);
        });
        if (!bytes) throw inputError(`There is no file “${name}”. Choose one, or upload it first.`);
        return bytes;
      },
      write: (name, bytes, { runId }) => inTurn(key(workspaceId, name), () => replace(workspaceId, name, [bytes], runId)),
      open: (name) => openFile(workspaceId, name),
      put: (name, content, at, by) => inTurn(key(workspaceId, name), () => put(workspaceId, name, content, at, by)),
      keep: (name, length, by) => inTurn(key(workspaceId, name), () => keep(workspaceId, name, length, by)),
      append: (name, by, content) => inTurn(key(workspaceId, name), () => append(workspaceId, name, by, content)),
      databasePath: (name) =>
        inTurn(key(workspaceId, name), async () => {
          requireName(name);
          if (!isDatabaseName(name)) throw inputError(`“${name}” is no database file: its name must end in .sqlite or .db.`);
          if ((await spaceFor(workspaceId, name)) === 0) throw noSpace(name);
          if (!db.select().from(files).where(mine(workspaceId, name)).get()) {
            requireNoFolderClash(workspaceId, name);
            await commit(db, [record(workspaceId, name, 0, null)]);
          }
          return disk.folderFor(workspaceId, name);
        }),
    }),
  };
}

/** Connectors show it at the field; routes answer 422 with it. */
const inputError = (message: string): InputError => new InputError(['config', 'file'], message);

const writtenByAnother = (name: string): TerminalError =>
  new TerminalError(`“${name}” was written by somebody else while this run was filling it. Run the flow again, and let one run at a time write to it.`, { kind: 'conflict' });

const noSpace = (name: string): InputError => inputError(`There is not enough space left for “${name}”. Delete files that are not needed any more.`);

function requireName(name: string): void {
  const issue = nameIssue(name);
  if (issue) throw inputError(issue);
}
