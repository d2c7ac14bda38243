import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { flowOf, path, publishFlow, respond, webhook } from '../../test/flow-parts.ts';
import { type Person, startWeft, type TestWeft } from '../../test/weft.ts';
import { backup } from '../backup/backup.ts';
import { restore } from '../backup/restore.ts';
import { blobPath } from './blob-store.ts';
import type { Page, RunDetail, RunSummary } from '@weft/api';

let weft: TestWeft;
let ada: Person;
beforeAll(async () => {
  weft = await startWeft();
  ada = await weft.claim();
});
afterAll(() => weft.stop());

const body = { order: 'A-1', password: 'hunter2', text: 'x'.repeat(400_000) };

test('the page of a run leaves large values out and reads them when they are asked for, redacted', async () => {
  const { id, url } = await publishFlow(
    ada,
    flowOf({ trigger: webhook({ path: 'large' }), respond: respond({ body: path('trigger', 'body') }) }, ['trigger → respond']),
  );
  const answer = await fetch(url, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
  expect(await answer.json()).toEqual(body);
  const [run] = (await ada.send<Page<RunSummary>>('GET', `/w/${ada.workspace}/runs?flow=${id}`)).body.items;
  const base = `/w/${ada.workspace}/runs/${run?.id}`;
  const { body: detail } = await ada.send<RunDetail>('GET', base);
  expect(detail).toMatchObject({ payload: null, largePayload: { sizeBytes: expect.any(Number) }, largeAnswer: { sizeBytes: expect.any(Number) } });
  expect(detail.entries[0]).toMatchObject({ stepKey: 'trigger', large: { output: { sizeBytes: expect.any(Number) } } });
  expect(detail.entries[0]).not.toHaveProperty('output');
  const read = async (query: string) => (await ada.send<{ value: { body?: object } }>('GET', `${base}/value?${query}`)).body.value;
  expect((await read('part=payload')).body).toEqual({ ...body, password: '••••••' });
  expect(await read('part=answer')).toEqual({ ...body, password: '••••••' });
  expect((await read('part=output&stepKey=trigger')).body).toEqual({ ...body, password: '••••••' });
  expect((await ada.send('GET', `${base}/value?part=output&stepKey=nothing`)).status).toBe(404);
  const eve = await weft.someoneElse();
  expect((await eve.send('GET', `${base.replace(ada.workspace, eve.workspace)}/value?part=payload`)).status).toBe(404);
});

test('a backup holds the large values too', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'weft-large-'));
  const [run] = (await ada.send<Page<RunSummary>>('GET', `/w/${ada.workspace}/runs`)).body.items;
  backup(weft.folder, join(folder, 'backup'), '0.1.0');
  restore(join(folder, 'backup'), join(folder, 'data'));
  const copy = await startWeft({ dataFolder: join(folder, 'data') });
  const again = copy.stranger();
  await again.send('POST', '/session', { email: 'ada@example.com', password: 'correct horse battery' });
  const { body: value } = await again.send<{ value: { body: object } }>('GET', `/w/${ada.workspace}/runs/${run?.id}/value?part=payload`);
  expect(value.value.body).toMatchObject({ text: body.text });
  await copy.server.close();
  rmSync(folder, { recursive: true, force: true });
});

test('a run whose stored values are gone fails with a sentence, in the queue or where somebody opens it', async () => {
  const { id, base, url } = await publishFlow(
    ada,
    flowOf({ trigger: webhook({ path: 'damaged', respond: 'immediately' }), respond: respond({ body: path('trigger', 'body') }) }, ['trigger → respond']),
  );
  await ada.send('PATCH', base, { paused: true });
  for (const sent of [{ text: 'y'.repeat(400_000) }, { text: 'short' }]) {
    await fetch(url, { method: 'POST', body: JSON.stringify(sent), headers: { 'content-type': 'application/json' } });
  }
  const runs = async () => (await ada.send<Page<RunSummary>>('GET', `/w/${ada.workspace}/runs?flow=${id}`)).body.items.toReversed();
  const [damaged] = await runs();
  const database = new Database(join(weft.folder, 'weft.sqlite'), { readonly: true });
  const sha256 = database.prepare<[string | undefined], string>('select substr(payload, 6, 64) from runs where id = ?').pluck().get(damaged?.id) ?? '';
  database.close();
  writeFileSync(blobPath(join(weft.folder, 'blobs'), sha256), 'nothing of it');
  await weft.restart();
  await ada.send('PATCH', base, { paused: false });
  await expect.poll(async () => (await runs()).map(({ status }) => status)).toEqual(['failed', 'succeeded']);
  const sentence = /damaged on disk. Restore it from a backup/;
  expect((await runs())[0]?.error).toMatchObject({ message: expect.stringMatching(sentence) });
  expect((await ada.send<RunDetail>('GET', `/w/${ada.workspace}/runs/${damaged?.id}`)).body).toMatchObject({ status: 'failed', payload: null });
  for (const [method, part] of [['GET', 'value?part=payload'], ['POST', 'again']] as const) {
    expect(await ada.send(method, `/w/${ada.workspace}/runs/${damaged?.id}/${part}`)).toMatchObject({
      status: 404,
      body: { code: 'value.lost', detail: expect.stringMatching(sentence) },
    });
  }
});
