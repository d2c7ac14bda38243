import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryStore } from '../../../test/temporary-store.ts';
import { users } from '../../db/schema/index.ts';
import { runStatements } from '../../db/commit.ts';
import { createRepeats, type Repeats } from './repeats.ts';

let store: ReturnType<typeof temporaryStore>;
let repeats: Repeats;
let worked: string[];
beforeEach(() => {
  store = temporaryStore();
  const at = new Date();
  for (const id of ['usr_1', 'usr_2']) store.db.insert(users).values({ id, name: id, email: id, createdAt: at, updatedAt: at }).run();
  repeats = createRepeats(store.db, { answerLength: 1_000, bytes: 8_000, requests: 80 });
  worked = [];
});
afterEach(() => store.dispose());

/** A request that answers with so many characters, in the commit of its work or only afterwards. */
async function ask(key: string, length: number, { userId = 'usr_1', inCommit = true } = {}): Promise<string> {
  const given = { text: 'x'.repeat(length) };
  const response = await repeats.once({ userId, key, method: 'POST', path: '/', body: null }, async (act) => {
    worked.push(key);
    if (inCommit) runStatements(act.answered(given));
    return Response.json(given);
  });
  return response.text();
}
const refused = { status: 409, code: 'idempotency.not_kept' };
const kept = () => store.db.$client.prepare<[], number>('select sum(octet_length(body)) from repeated_requests').pluck().get();
const rows = () => store.db.$client.prepare<[], number>('select count(*) from repeated_requests').pluck().get();

test.each([true, false])('an answer that is too large is not kept, and its request is not carried out again: in its commit %s', async (inCommit) => {
  expect(await ask('large', 1_001, { inCommit })).toHaveLength(1_012);
  await expect(ask('large', 1_001, { inCommit })).rejects.toMatchObject(refused);
  expect(worked).toEqual(['large']);
  expect(kept()).toBe(0);
});

test('of many answers the oldest go first, and their requests are not carried out again', async () => {
  for (let at = 0; at < 30; at += 1) await ask(`k${at}`, 900);
  expect(kept()).toBeLessThanOrEqual(9_000);
  await expect(ask('k0', 900)).rejects.toMatchObject(refused);
  expect(JSON.parse(await ask('k29', 900))).toEqual({ text: 'x'.repeat(900) });
  expect(worked).toHaveLength(30);
});

test('of very many requests the oldest are forgotten, those of one person only', async () => {
  await ask('hers', 10, { userId: 'usr_2' });
  for (let at = 0; at < 200; at += 1) await ask(`k${at}`, 0);
  expect(rows()).toBeLessThanOrEqual(91);
  await ask('hers', 10, { userId: 'usr_2' });
  expect(worked.filter((key) => key === 'hers')).toHaveLength(1);
});

test('what is there from before the start counts too', async () => {
  for (let at = 0; at < 9; at += 1) await ask(`k${at}`, 900);
  repeats = createRepeats(store.db, { answerLength: 1_000, bytes: 2_000, requests: 80 });
  await ask('next', 0);
  expect(kept()).toBeLessThanOrEqual(2_000);
});
