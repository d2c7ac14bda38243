import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page, RunDetail, RunSummary } from '@weft/api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endedRun } from '../../test/ended-run.ts';
import { flowOf, mapping, path, publishFlow, respond, text, webhook } from '../../test/flow-parts.ts';
import { type Person, startWeft, type TestWeft } from '../../test/weft.ts';

let weft: TestWeft;
let ada: Person;
beforeAll(async () => {
  weft = await startWeft();
  ada = await weft.claim();
});
afterAll(() => weft.stop());

const canaries = /canary-\d/;
const post = (url: string, body: object, headers: Record<string, string> = {}) =>
  fetch(url, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } });

/** Every byte of the data folder. */
function onDisk(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');
}

test('secrets in what runs are given and keep are not in the clear on the disk, and runs that go on after a restart have them', async () => {
  const document = flowOf(
    {
      trigger: webhook({ path: 'login', respond: 'immediately' }),
      set: {
        kind: 'transform',
        title: 'Prepare',
        schemas: { input: { type: 'object', properties: { password: { type: 'string' }, client_secret: { type: 'string' } } } },
        input: mapping({ password: path('trigger', 'body', 'password'), client_secret: path('trigger', 'body', 'nested', 'client_secret') }),
      },
      hold: { kind: 'wait', title: 'Wait', mode: 'signal', key: path('trigger', 'body', 'id') },
      respond: respond({
        'body.first': { fn: 'contains', args: [path('set', 'password'), text('ry-1')] },
        'body.secret': { fn: 'contains', args: [path('set', 'client_secret'), text('ry-2')] },
        'body.given': { fn: 'contains', args: [path('hold', 'payload', 'token'), text('ry-3')] },
        'body.large': { fn: 'contains', args: [path('trigger', 'body', 'rows', '0', 'api_key'), text('ry-4')] },
      }),
    },
    ['trigger → set', 'set → hold', 'hold → respond'],
  );
  const { id } = await publishFlow(ada, document);
  const rows = Array.from({ length: 4_000 }, (_, at) => ({ at, note: 'x'.repeat(100), api_key: `canary-4 of row ${at}` }));
  for (const large of [false, true]) {
    const key = large ? 'large' : 'small';
    const body = { id: key, password: 'canary-1', nested: { client_secret: 'canary-2 and more' }, rows: large ? rows : rows.slice(0, 2) };
    const { runId } = (await (await post(`${weft.url}/hooks/${ada.workspace}/login`, body, { 'x-api-key': 'canary-5' })).json()) as { runId: string };
    expect((await endedRun(ada, runId)).status).toBe('waiting');
    await weft.restart();
    // One that comes before its run, and one for it.
    const signals = `${weft.url}/hooks/${ada.workspace}/signals/${id}/hold`;
    await post(`${signals}?key=early`, { token: 'canary-3' });
    await post(`${signals}?key=${key}`, { token: 'canary-3' });
    await expect.poll(async () => (await ada.send<RunDetail>('GET', `/w/${ada.workspace}/runs/${runId}`)).body.status).toBe('succeeded');
    const { answer } = (await ada.send<RunDetail>('GET', `/w/${ada.workspace}/runs/${runId}`)).body;
    expect(answer?.body).toEqual({ first: true, secret: true, given: true, large: true });
  }
  expect(onDisk(weft.folder)).not.toMatch(canaries);
  const { items } = (await ada.send<Page<RunSummary>>('GET', `/w/${ada.workspace}/runs?search=canary`)).body;
  expect(items).toEqual([]);
});
