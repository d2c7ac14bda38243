import type { FileWriter } from '@weft/connector-sdk';
import { commit } from '../../db/commit.ts';
import { noSpace, requireWritableName, writtenByAnother } from './file-errors.ts';
import type { FileRow } from './file-rows.ts';
import { fileKey, type FileParts, replaceFile } from './replace-file.ts';
import type { Unwritten } from './unwritten.ts';

/**
 * How streams fill a file.
 *
 * 1. What is put counts once it is kept; until then the row says what did, and a stream that begins again puts it once more.
 * 2. Small batches gather in memory and become few writes; nothing is synced before it is kept.
 * 3. One run at a time fills a file: a new writer takes it over, and the previous one gets an error at its next put or keep.
 */
export interface StreamWrites {
  /** @returns where the next bytes would stand. @throws {TerminalError} when another run writes to it. */
  put(workspaceId: string, name: string, content: Uint8Array | string, at: number | 'end', by: FileWriter): Promise<number>;
  /** So many bytes count from now on. */
  keep(workspaceId: string, name: string, length: number, by: FileWriter): Promise<void>;
}

const maxUnwrittenBytes = 1 << 20;

export function createStreamWrites(parts: FileParts): StreamWrites {
  const { db, disk, rows, space, unwritten, changed } = parts;

  async function gather(workspaceId: string, name: string, waiting: Unwritten, at: number, content: Uint8Array | string): Promise<number> {
    const end = waiting.add(at, content);
    if (waiting.sizeBytes >= maxUnwrittenBytes) await writeOut(workspaceId, name, waiting);
    return end;
  }

  /** Puts on disk what has gathered. */
  async function writeOut(workspaceId: string, name: string, waiting: Unwritten): Promise<void> {
    const { begin, bytes } = waiting.take();
    const counted = rows.find(workspaceId, name)?.sizeBytes ?? 0;
    if (begin + bytes.byteLength - counted > space.free(workspaceId)) throw noSpace(name);
    if (bytes.byteLength > 0) await disk.putAt(workspaceId, name, begin, bytes);
  }

  /** From now on it is this run that fills the file. */
  async function takeOver({ workspaceId, name, sizeBytes }: FileRow, runId: string): Promise<void> {
    await commit(db, [rows.forgetAdditions(workspaceId, name), rows.record(workspaceId, name, sizeBytes, runId)], { durable: false });
  }

  return {
    async put(workspaceId, name, content, at, { runId }) {
      const waiting = unwritten.get(fileKey(workspaceId, name));
      if (at !== 'end' && at !== 0 && waiting?.runId === runId && waiting.accepts(at)) return gather(workspaceId, name, waiting, at, content);
      requireWritableName(name);
      const row = rows.find(workspaceId, name);
      const offset = at === 'end' ? (row?.sizeBytes ?? 0) : at;
      if (!row || offset === 0) {
        const bytes = typeof content === 'string' ? Buffer.from(content) : content;
        await replaceFile(parts, { workspaceId, name, chunks: [bytes], runId });
        return bytes.byteLength;
      }
      if (at === 'end') await takeOver(row, runId);
      else if (row.runId !== runId || disk.size(workspaceId, name) < offset) throw writtenByAnother(name);
      return gather(workspaceId, name, unwritten.begin(fileKey(workspaceId, name), runId, offset), offset, content);
    },

    async keep(workspaceId, name, length, { runId }) {
      const waiting = unwritten.get(fileKey(workspaceId, name));
      const row = rows.find(workspaceId, name);
      if (row?.runId !== runId) throw writtenByAnother(name);
      if (waiting?.runId === runId) await writeOut(workspaceId, name, waiting);
      const room = space.room(workspaceId);
      if (!room.hold(Math.max(0, length - row.sizeBytes))) throw noSpace(name);
      try {
        await disk.sync(workspaceId, name);
        // The commit of the batch follows, and makes this one durable too.
        await commit(db, [rows.record(workspaceId, name, length, runId)], { durable: false });
      } finally {
        room.giveBack();
      }
      changed(workspaceId);
    },
  };
}
