import { and, eq, gt, sql } from 'drizzle-orm';
import type { FileWriter } from '@weft/connector-sdk';
import { commit, statement } from '../../db/commit.ts';
import { fileAdditions } from '../../db/schema/index.ts';
import { noSpace, requireWritableName } from './file-errors.ts';
import type { FileRow } from './file-rows.ts';
import { fileKey, type FileParts, replaceFile } from './replace-file.ts';

/**
 * What steps add to a file, one addition for each idempotency key.
 *
 * 1. The first addition of a run begins the file anew; those of other runs are gone with it.
 * 2. The same key replaces what it added before, in its place; what stands behind it moves.
 * 3. The bytes are synced before the row says so. The row may wait for the journal's own commit, which makes the step count as done;
 *    without it, the step is tried again and finds its bytes by (2).
 * 4. A change in the middle is written aside as a whole: a crash leaves the old file.
 *
 * @param content - makes the bytes, from the length of what stands before them.
 * @returns that length.
 */
export type AddToFile = (workspaceId: string, name: string, by: FileWriter, content: (lengthBefore: number) => Uint8Array) => Promise<number>;

export function createAdditions(parts: FileParts): AddToFile {
  const { db, disk, rows, space, inPlace, changed } = parts;

  async function behind(row: FileRow, from: number): Promise<Uint8Array> {
    return from >= row.sizeBytes ? new Uint8Array() : ((await disk.read(row.workspaceId, row.name, row.sizeBytes)) ?? new Uint8Array()).subarray(from);
  }

  return async (workspaceId, name, { runId, idempotencyKey }, content) => {
    requireWritableName(name);
    const ofFile = and(eq(fileAdditions.workspaceId, workspaceId), eq(fileAdditions.name, name));
    const addition = (offset: number, length: number) =>
      statement(db.insert(fileAdditions).values({ workspaceId, name, runId, idempotencyKey, offset, length }));
    const row = rows.find(workspaceId, name);
    const begun = row && db.select().from(fileAdditions).where(and(ofFile, eq(fileAdditions.runId, runId))).limit(1).get();
    if (!row || !begun) {
      await replaceFile(parts, { workspaceId, name, chunks: [content(0)], runId, alongside: (sizeBytes) => [addition(0, sizeBytes)] });
      return 0;
    }
    const own = and(ofFile, eq(fileAdditions.idempotencyKey, idempotencyKey));
    const before = db.select().from(fileAdditions).where(own).get();
    const offset = before?.offset ?? row.sizeBytes;
    const bytes = content(offset);
    const growth = bytes.byteLength - (before?.length ?? 0);
    const room = space.room(workspaceId);
    if (!room.hold(Math.max(0, growth))) throw noSpace(name);
    try {
      const rest = before ? await behind(row, before.offset + before.length) : new Uint8Array();
      const statements = [
        before ? statement(db.update(fileAdditions).set({ length: bytes.byteLength }).where(own), { rows: 1 }) : addition(offset, bytes.byteLength),
      ];
      if (before && growth !== 0) {
        statements.push(statement(db.update(fileAdditions)
          .set({ offset: sql`${fileAdditions.offset} + ${growth}` })
          .where(and(ofFile, gt(fileAdditions.id, before.id)))));
      }
      statements.push(rows.record(workspaceId, name, row.sizeBytes + growth, runId));
      await inPlace(fileKey(workspaceId, name), async () => {
        if (rest.byteLength > 0) {
          const head = (await disk.read(workspaceId, name, offset)) ?? new Uint8Array();
          await (await disk.writeAside([head, bytes, rest], () => true)).put(workspaceId, name);
        } else {
          await disk.writeAt(workspaceId, name, offset, bytes);
        }
        await commit(db, statements, { durable: false });
      });
    } finally {
      room.giveBack();
    }
    changed(workspaceId);
    return offset;
  };
}
