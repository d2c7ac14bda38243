import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { flowOf, path, publishFlow, respond, webhook } from '../../test/flow-parts.ts';
import { type Person, startWeft, type TestWeft } from '../../test/weft.ts';
import { backup } from '../backup/backup.ts';
import { restore } from '../backup/restore.ts';
import type { Page, RunDetail, RunSummary } from '../http/contract.ts';

let weft: TestWeft;
let ada: Person;
beforeAll(async () => {
  weft = await startWeft();
  ada = await weft.claim();
});
afterAll(() => weft.stop());

const body = { order: 'A-1', password: 'hunter2', text: 'x'.repeat(400_000) };

test('the page of a run leaves large values out and reads them when they are asked for, redacted', async () => {
  const { id, url } = await publishFlow(ada, flowOf({ trigger: webhook({ path: 'large' }), respond: respond({ body: path('trigger', 'body') }) }, ['trigger → respond']));
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
