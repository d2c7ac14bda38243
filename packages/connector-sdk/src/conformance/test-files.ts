import { createReadStream } from 'node:fs';
import { appendFile, mkdir, readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { InputError, TerminalError } from '../errors.ts';
import type { FileWriter, WorkspaceFiles } from '../runtime.ts';

interface Chunk {
  idempotencyKey: string;
  bytes: Uint8Array;
}

/** Workspace files in a real folder, with the same rules as the server's: what a test reads back is what a flow would leave. */
export function testFiles(folder: string): WorkspaceFiles {
  const begun = new Map<string, { runId: string; chunks: Chunk[] }>();
  /** File → the run that puts into it. */
  const put = new Map<string, string>();

  const save = async (name: string, bytes: Uint8Array) => {
    const path = pathOf(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, bytes);
  };

  return {
    async list() {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true });
      const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
      const listed = await Promise.all(
        files.map(async (path) => {
          const { size, mtime } = await stat(path);
          return { name: path.slice(folder.length + 1), sizeBytes: size, updatedAt: mtime.toISOString() };
        }),
      );
      return listed.sort((one, other) => one.name.localeCompare(other.name));
    },
    async read(name) {
      try {
        return new Uint8Array(await readFile(pathOf(folder, name)));
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
          throw new InputError(['config', 'file'], `There is no file "${name}". Choose one, or upload it first.`);
        }
        throw error;
      }
    },
    async write(name, bytes) {
      begun.delete(name);
      await save(name, bytes);
    },
    async open(name) {
      const path = pathOf(folder, name);
      const { size, mtimeMs } = await stat(path).catch(() => {
        throw new InputError(['config', 'file'], `There is no file "${name}". Choose one, or upload it first.`);
      });
      return { sizeBytes: size, version: `${size} ${mtimeMs}`, read: (from) => createReadStream(path, { start: from, highWaterMark: 256 << 10 }) };
    },
    async put(name, content, at, { runId }) {
      const bytes = typeof content === 'string' ? Buffer.from(content) : content;
      const path = pathOf(folder, name);
      const size = at === 0 ? 0 : (await stat(path)).size;
      const offset = at === 'end' ? size : at;
      const writer = put.get(name);
      if (at === 0) await save(name, new Uint8Array());
      if (offset > 0 && at !== 'end' && writer !== undefined && writer !== runId) {
        throw new TerminalError(`"${name}" was written by another run meanwhile.`, { kind: 'conflict' });
      }
      put.set(name, runId);
      begun.delete(name);
      await truncate(path, offset);
      await appendFile(path, bytes);
      return offset + bytes.byteLength;
    },
    async keep(name, length) {
      if ((await stat(pathOf(folder, name))).size < length) throw new Error(`"${name}" is shorter than what was written to it.`);
    },
    async append(name, by, content) {
      const file = chunksOf(begun, name, by);
      const found = file.chunks.findIndex((chunk) => chunk.idempotencyKey === by.idempotencyKey);
      const index = found === -1 ? file.chunks.length : found;
      const lengthBefore = file.chunks.slice(0, index).reduce((sum, chunk) => sum + chunk.bytes.length, 0);
      file.chunks[index] = { idempotencyKey: by.idempotencyKey, bytes: content(lengthBefore) };
      await save(name, Buffer.concat(file.chunks.map((chunk) => chunk.bytes)));
      return lengthBefore;
    },
    async database(name) {
      if (!/\.(sqlite|db)$/.test(name)) throw new InputError(['config', 'file'], `"${name}" is no database file: its name must end in .sqlite or .db.`);
      const path = pathOf(folder, name);
      await mkdir(dirname(path), { recursive: true });
      return { path, maxBytes: 10e9 };
    },
  };
}

function chunksOf(begun: Map<string, { runId: string; chunks: Chunk[] }>, name: string, by: FileWriter) {
  const current = begun.get(name);
  if (current?.runId === by.runId) return current;
  const fresh = { runId: by.runId, chunks: [] };
  begun.set(name, fresh);
  return fresh;
}

function pathOf(folder: string, name: string): string {
  const segments = name.split('/');
  if (name === '' || name.includes('\\') || name.includes('\0') || segments.some((segment) => segment === '' || segment === '.' || segment === '..')) {
    throw new InputError(['config', 'file'], `"${name}" is not a file name that Weft accepts.`);
  }
  return join(folder, ...segments);
}
