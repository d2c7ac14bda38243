import { statSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Page, RunSummary } from '@weft/api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { flowOf, publishFlow, webhook } from '../../test/flow-parts.ts';
import { type Person, startWeft, type TestWeft } from '../../test/weft.ts';
import { openDatabase } from './open.ts';

let weft: TestWeft;
let ada: Person;
let hook: string;
let flowId: string;
beforeAll(async () => {
  weft = await startWeft();
  ada = await weft.claim();
  const { id, url } = await publishFlow(ada, flowOf({ trigger: webhook({ path: 'orders', respond: 'immediately' }) }));
  [hook, flowId] = [url, id];
});
afterAll(() => weft.stop());

/** As another program that writes, or a person at the console. */
function hold(): { release(): void } {
  const other = new Database(join(weft.folder, 'weft.sqlite'));
  other.exec('BEGIN IMMEDIATE');
  return {
    release() {
      other.exec('COMMIT');
      other.close();
    },
  };
}

const call = () => fetch(hook, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
const runs = async () => (await ada.send<Page<RunSummary>>('GET', `/w/${ada.workspace}/runs?flow=${flowId}`)).body.items;

test('who calls while another program holds the database waits for it, and everybody else is answered meanwhile', async () => {
  const before = (await runs()).length;
  const held = hold();
  const answered: string[] = [];
  const calls = Array.from({ length: 20 }, () => call().then(({ status }) => answered.push(`call ${status}`)));
  for (let time = 0; time < 20; time += 1) {
    expect(await runs()).toHaveLength(before);
    answered.push('read');
  }
  held.release();
  await Promise.all(calls);
  expect(answered).toEqual([...Array.from({ length: 20 }, () => 'read'), ...Array.from({ length: 20 }, () => 'call 202')]);
  await expect.poll(async () => (await runs()).filter(({ status }) => status === 'succeeded').length).toBe(before + 20);
});

test('who has waited for long is told to come again, and nothing is stored of it', { timeout: 30_000 }, async () => {
  const before = (await runs()).length;
  const held = hold();
  const refused = await call();
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
  const renamed = await ada.send('PATCH', '/me', { name: 'Ada L.' });
  expect([renamed.status, renamed.body.code, renamed.headers.get('retry-after')]).toEqual([503, 'database.locked', '5']);
  held.release();
  expect((await call()).status).toBe(202);
  expect((await runs()).length).toBe(before + 1);
});

test('the database is for its user only, also where the folder was there before and is open to all', () => {
  const folder = mkdtempSync(join(tmpdir(), 'weft-open-'));
  const usual = process.umask(0);
  try {
    for (const name of ['new.sqlite', 'old.sqlite']) {
      if (name === 'old.sqlite') new Database(join(folder, name)).exec('create table t (a)').close();
      const { $client } = openDatabase(join(folder, name));
      $client.exec('create table notes (text)');
      const rights = ['', '-wal', '-shm'].map((end) => statSync(join(folder, `${name}${end}`)).mode & 0o777);
      expect(rights).toEqual([0o600, 0o600, 0o600]);
      $client.close();
    }
  } finally {
    process.umask(usual);
    rmSync(folder, { recursive: true });
  }
});
