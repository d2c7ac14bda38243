import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase } from '../../db/open.ts';
import { createGroupCommit } from './group-commit.ts';

test('a database behind a link is synced where it is, and other writers go on syncing by themselves', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'weft-log-'));
  const file = join(folder, 'real.sqlite');
  const link = join(folder, 'link.sqlite');
  openDatabase(file).$client.close();
  symlinkSync(file, link);
  const { $client: database } = openDatabase(link);
  database.exec('create table numbers (n integer)');
  const insert = database.prepare<[number]>('insert into numbers values (?)');
  const group = createGroupCommit(database);
  await Promise.all([1, 2, 3].map((n) => group.write(() => insert.run(n))));
  expect(database.prepare('select count(*) from numbers').pluck().get()).toBe(3);
  // 2 is FULL.
  expect(database.pragma('synchronous', { simple: true })).toBe(2);
  await group.close();
  database.close();
  rmSync(folder, { recursive: true });
});
