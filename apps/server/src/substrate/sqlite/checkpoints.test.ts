import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Db, openDatabase } from '../../db/open.ts';
import { createCheckpoints } from './checkpoints.ts';
import { createGroupCommit } from './group-commit.ts';

let folder: string;
let file: string;
let database: Db['$client'];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'weft-checkpoints-'));
  file = join(folder, 'numbers.sqlite');
  database = openDatabase(file).$client;
  database.exec('create table numbers (n integer primary key, text text)');
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

const kilobytesOf = (path: string): number => statSync(path).size / 1024;

/** Fifty writes of two kilobytes in one transaction. */
function writer(checkpoints: Pick<ReturnType<typeof createCheckpoints>, 'written'>) {
  const insert = database.prepare<[string]>('insert into numbers (text) values (?)');
  const group = createGroupCommit(database, { afterSync: checkpoints.written });
  return { group, write: () => Promise.all(Array.from({ length: 50 }, () => group.write(() => insert.run('x'.repeat(2_000)), { single: true }))) };
}

/** Writes until the thread has taken half a megabyte more: it starts with the first checkpoint, and comes when it can. */
async function untilTaken(write: () => Promise<unknown>): Promise<void> {
  const before = kilobytesOf(file);
  await vi.waitFor(async () => {
    await write();
    expect(kilobytesOf(file)).toBeGreaterThan(before + 500);
  }, { timeout: 20_000, interval: 10 });
}

test('what is written reaches the database while the log is still short', async () => {
  const checkpoints = createCheckpoints(database);
  const { group, write } = writer(checkpoints);
  await untilTaken(write);
  expect(kilobytesOf(`${file}-wal`)).toBeLessThan(16_000);
  await group.close();
  await checkpoints.close();
});

test('the log begins anew when all of it has been taken, however much is written', async () => {
  const checkpoints = createCheckpoints(database);
  const { group, write } = writer(checkpoints);
  for (let turn = 0; turn < 40; turn += 1) await untilTaken(write);
  expect(kilobytesOf(file)).toBeGreaterThan(20_000);
  expect(kilobytesOf(`${file}-wal`)).toBeLessThan(17_000);
  await group.close();
  await checkpoints.close();
});

test('once it is closed, who closes the database tidies up the log', async () => {
  const checkpoints = createCheckpoints(database);
  const { group, write } = writer(checkpoints);
  for (let turn = 0; turn < 10; turn += 1) await write();
  await group.close();
  await checkpoints.close();
  database.close();
  expect(existsSync(`${file}-wal`)).toBe(false);
  database = openDatabase(file).$client;
  expect(database.prepare('select count(*) from numbers').pluck().get()).toBe(500);
});

test('where the thread cannot open the database, writes go on and the log stays bounded', async () => {
  const checkpoints = createCheckpoints({ name: join(folder, 'nowhere.sqlite'), memory: false, pragma: database.pragma.bind(database) });
  const { group, write } = writer(checkpoints);
  for (let turn = 0; turn < 300; turn += 1) await write();
  expect(database.prepare('select count(*) from numbers').pluck().get()).toBe(15_000);
  expect(kilobytesOf(`${file}-wal`)).toBeLessThan(17_000);
  await group.close();
  await checkpoints.close();
});
