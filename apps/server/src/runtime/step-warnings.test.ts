import type { ConnectionSummary, Page, RunDetail, RunSummary } from '@weft/api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { flowOf, http, path, publishFlow, respond, text, webhook } from '../../test/flow-parts.ts';
import { type LocalService, startService } from '../../test/local-service.ts';
import { type Person, startWeft, type TestWeft } from '../../test/weft.ts';

let weft: TestWeft;
let ada: Person;
let service: LocalService;
beforeAll(async () => {
  weft = await startWeft({ starters: [] });
  ada = await weft.claim();
  service = await startService(({ url }, response) =>
    void (url.startsWith('/create') ? response.writeHead(302, { location: `/list${url.slice('/create'.length)}` }) : response.writeHead(200)).end());
  await ada.send('PATCH', '/settings', { privateNetworks: [service.hostAndPort] });
});
afterAll(() => Promise.all([weft.stop(), service.close()]));

test('what an operation warns of stands in the run, which is seen as one with warnings; no key is in it, nor in the address of the answer', async () => {
  const connection = await ada.send<ConnectionSummary>('POST', `/w/${ada.workspace}/connections`, {
    title: 'Shop',
    connector: 'http',
    scheme: 'api-key',
    config: { host: service.hostAndPort, placement: 'query', name: 'key' },
    credentials: { key: 'canary key' },
  });
  const call = http({ url: text(`${service.url}/create`), body: text({}) }, { connection: connection.body.id });
  const { id, url } = await publishFlow(
    ada,
    flowOf({ trigger: webhook({ path: 'warned' }), call, respond: respond({ body: path('call', 'url') }) }, ['trigger → call', 'call → respond']),
  );
  const answered = await (await fetch(url, { method: 'POST' })).text();
  expect([service.calls.at(-1)?.url, answered]).toEqual(['/list?key=canary+key', expect.stringMatching(/\/list\?key=(?!canary)/)]);
  const [run] = (await ada.send<Page<RunSummary>>('GET', `/w/${ada.workspace}/runs?flow=${id}&warned=yes`)).body.items;
  expect(run).toMatchObject({ status: 'succeeded', warnings: 1 });
  const { entries } = (await ada.send<RunDetail>('GET', `/w/${ada.workspace}/runs/${run?.id}`)).body;
  expect(entries.find(({ stepKey, kind }) => stepKey === 'call' && kind === 'succeeded')?.warnings).toEqual([
    { message: expect.stringContaining('/list and made the POST a GET') },
  ]);
});
