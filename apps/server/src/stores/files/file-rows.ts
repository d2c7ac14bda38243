import { and, asc, eq } from 'drizzle-orm';
import type { FileSummary } from '@weft/api';
import { type Statement, statement } from '../../db/commit.ts';
import type { Db } from '../../db/open.ts';
import { fileAdditions, files } from '../../db/schema/index.ts';

export type FileRow = typeof files.$inferSelect;

/** What the database knows of the files: one row each, and what steps have added to them. */
export interface FileRows {
  find(workspaceId: string, name: string): FileRow | undefined;
  /** By name. */
  all(workspaceId: string): FileRow[];
  ofRun(workspaceId: string, runId: string): FileRow[];
  /** The row as the file is from now on. */
  record(workspaceId: string, name: string, sizeBytes: number, runId: string | null): Statement;
  /** The file is gone. */
  remove(workspaceId: string, name: string): Statement;
  /** What steps had added before counts no more. */
  forgetAdditions(workspaceId: string, name: string): Statement;
}

export function createFileRows(db: Db): FileRows {
  const mine = (workspaceId: string, name: string) => and(eq(files.workspaceId, workspaceId), eq(files.name, name));
  return {
    find: (workspaceId, name) => db.select().from(files).where(mine(workspaceId, name)).get(),
    all: (workspaceId) => db.select().from(files).where(eq(files.workspaceId, workspaceId)).orderBy(asc(files.name)).all(),
    ofRun: (workspaceId, runId) =>
      db.select().from(files).where(and(eq(files.workspaceId, workspaceId), eq(files.runId, runId))).orderBy(asc(files.name)).all(),
    record(workspaceId, name, sizeBytes, runId) {
      const values = { sizeBytes, runId, updatedAt: Date.now() };
      return statement(db.insert(files).values({ workspaceId, name, ...values }).onConflictDoUpdate({ target: [files.workspaceId, files.name], set: values }));
    },
    remove: (workspaceId, name) => statement(db.delete(files).where(mine(workspaceId, name)), { rows: 1 }),
    forgetAdditions: (workspaceId, name) =>
      statement(db.delete(fileAdditions).where(and(eq(fileAdditions.workspaceId, workspaceId), eq(fileAdditions.name, name)))),
  };
}

export const fileSummary = ({ name, sizeBytes, updatedAt, runId }: FileRow): FileSummary => ({
  name,
  sizeBytes,
  updatedAt: new Date(updatedAt).toISOString(),
  runId,
});
