import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { createGroupCommit } from './group-commit.ts';

function numbers() {
  const database = new Database(':memory:');
  database.exec('create table numbers (n integer primary key)');
  const insert = database.prepare<[number]>('insert into numbers values (?)');
  const all = database.prepare<[], number>('select n from numbers order by n').pluck();
  return { database, insert, stored: () => all.all() };
}

test('the writes of one turn share one transaction, in order', async () => {
  const { database, insert, stored } = numbers();
  let transactions = 0;
  const group = createGroupCommit(database, { beforeCommit: () => void (transactions += 1) });
  const seen = await Promise.all([1, 2, 3].map((n) => group.write(() => [insert.run(n).changes, stored().length])));
  expect(seen).toEqual([[1, 1], [1, 2], [1, 3]]);
  expect(transactions).toBe(1);
});

test('an item that fails is undone alone', async () => {
  const { database, insert, stored } = numbers();
  const group = createGroupCommit(database);
  const outcomes = await Promise.allSettled([
    group.write(() => insert.run(1)),
    group.write(() => {
      insert.run(2);
      insert.run(1);
    }),
    group.write(() => insert.run(3)),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(stored()).toEqual([1, 3]);
});

test('a commit that fails rejects everybody and writes nothing; the next one works', async () => {
  const { database, insert, stored } = numbers();
  let rollbacks = 0;
  let broken = true;
  const group = createGroupCommit(database, {
    beforeCommit() {
      if (broken) throw new Error('The disk is full.');
    },
    afterRollback: () => void (rollbacks += 1),
  });
  const outcomes = await Promise.allSettled([1, 2].map((n) => group.write(() => insert.run(n))));
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(stored()).toEqual([]);
  expect(rollbacks).toBe(1);
  broken = false;
  await group.write(() => insert.run(5));
  expect(stored()).toEqual([5]);
});

test('settled waits for what was handed in before', async () => {
  const { database, insert, stored } = numbers();
  const group = createGroupCommit(database);
  void group.write(() => insert.run(1));
  await group.settled();
  expect(stored()).toEqual([1]);
  await group.settled();
});

test('what comes while the disk is busy makes the next transaction, and nobody hears of it before the disk has it', async () => {
  const { database, insert, stored } = numbers();
  const syncs: (() => void)[] = [];
  let transactions = 0;
  const log = { sync: () => new Promise<void>((done) => void syncs.push(done)), close: () => undefined };
  const group = createGroupCommit(database, { beforeCommit: () => void (transactions += 1) }, log);
  const acknowledged: number[] = [];
  const write = (n: number) => group.write(() => insert.run(n)).then(() => acknowledged.push(n));
  void write(1);
  await until(() => syncs.length === 1);
  void write(2);
  void write(3);
  await turn();
  expect([stored(), acknowledged]).toEqual([[1], []]);
  syncs[0]?.();
  await until(() => syncs.length === 2);
  expect([stored(), acknowledged]).toEqual([[1, 2, 3], [1]]);
  syncs[1]?.();
  await group.settled();
  expect(acknowledged).toEqual([1, 2, 3]);
  expect(transactions).toBe(2);
});

test('a disk that refuses to sync is told to everybody who waited for it', async () => {
  const { database, insert } = numbers();
  let broken = true;
  const log = { sync: async () => (broken ? Promise.reject(new Error('The disk is gone.')) : undefined), close: () => undefined };
  const group = createGroupCommit(database, {}, log);
  const outcomes = await Promise.allSettled([1, 2].map((n) => group.write(() => insert.run(n))));
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  broken = false;
  await group.write(() => insert.run(3));
});

const turn = () => new Promise((resolve) => setImmediate(resolve));

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await turn();
}
