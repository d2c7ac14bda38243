import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { commit, statement, UnexpectedRows } from './commit.ts';
import { migrate } from './migrate.ts';
import { openDatabase } from './open.ts';
import { workspaces } from './schema/index.ts';

function freshDatabase() {
  const folder = mkdtempSync(join(tmpdir(), 'weft-commit-'));
  const db = openDatabase(join(folder, 'weft.sqlite'));
  migrate(db, folder);
  return db;
}

const insert = (db: ReturnType<typeof freshDatabase>, id: string) =>
  statement(db.insert(workspaces).values({ id, name: id, practiceToken: id, createdAt: 0 }));

test('a commit writes all of its statements', async () => {
  const db = freshDatabase();
  await commit(db, [insert(db, 'a'), insert(db, 'b')]);
  expect(db.select().from(workspaces).all()).toHaveLength(2);
});

test('a statement that fails takes the whole commit with it', async () => {
  const db = freshDatabase();
  await expect(commit(db, [insert(db, 'a'), insert(db, 'a')])).rejects.toThrow(/UNIQUE/);
  expect(db.select().from(workspaces).all()).toHaveLength(0);
});

test('a statement that touches fewer rows than expected takes the whole commit with it', async () => {
  const db = freshDatabase();
  const rename = (otherwise?: () => Error) =>
    statement(db.update(workspaces).set({ name: 'x' }).where(eq(workspaces.id, 'missing')), { rows: 1, otherwise });
  await expect(commit(db, [insert(db, 'a'), rename()])).rejects.toThrow(UnexpectedRows);
  await expect(commit(db, [insert(db, 'a'), rename(() => new Error('Saved by somebody else'))])).rejects.toThrow('Saved by somebody else');
  expect(db.select().from(workspaces).all()).toHaveLength(0);
});

test('a commit that may wait for the next one leaves the connection syncing as before', async () => {
  const db = freshDatabase();
  await commit(db, [insert(db, 'a')], { durable: false });
  await expect(commit(db, [insert(db, 'a')], { durable: false })).rejects.toThrow(/UNIQUE/);
  expect(db.$client.pragma('synchronous', { simple: true })).toBe(2);
  expect(db.select().from(workspaces).all()).toHaveLength(1);
});
