import type { TriedOut } from '@weft/api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LocalService, startService } from '../../test/local-service.ts';
import { type Person, startWeft, type TestWeft } from '../../test/weft.ts';

let weft: TestWeft;
let ada: Person;
let service: LocalService;
beforeAll(async () => {
  weft = await startWeft({ starters: [] });
  ada = await weft.claim();
  service = await startService((_request, response) => void response.end('{}'));
  await ada.send('PATCH', '/settings', { privateNetworks: [service.hostAndPort] });
});
afterAll(() => Promise.all([weft.stop(), service.close()]));

const tryOut = (connector: string, operation: string, values: { config?: object; input?: object } = {}, version = '1.0.0') =>
  ada.send<TriedOut>('POST', `/w/${ada.workspace}/try`, { use: { connector, version, operation }, ...values });

test('what would be sent is shown and not sent, with an example of what comes back', async () => {
  const { status, body } = await tryOut('http', 'request', { config: { method: 'POST' }, input: { url: `${service.url}/orders`, body: { id: 7 } } });
  expect(status).toBe(200);
  expect(body).toMatchObject({ runsHere: true, problem: null, config: { method: 'POST', followRedirects: true }, output: { status: 200 } });
  expect(body.asked).toEqual([
    {
      kind: 'http',
      method: 'POST',
      url: `${service.url}/orders`,
      headers: { 'content-type': 'application/json', 'idempotency-key': 'tried-out' },
      body: '{"id":7}',
      bodyBytes: 8,
    },
  ]);
  expect(service.calls).toEqual([]);
});

describe('every operation can be tried as it is', () => {
  test.each([
    ['http', 'request', ['http']],
    ['http', 'records', ['http']],
    ['http', 'new-items', ['http']],
    ['http', 'send-records', ['http']],
    ['email', 'send', ['network']],
    ['csv', 'read', ['file']],
    ['csv', 'records', ['file']],
    ['json-lines', 'records', ['file']],
    ['files', 'changed', []],
    ['sql', 'insert', []],
    ['webhook', 'receive', []],
    ['manual', 'start', []],
  ])('%s %s', async (connector, operation, kinds) => {
    const { status, body } = await tryOut(connector, operation);
    expect([status, body.asked.map(({ kind }) => kind), body.problem]).toEqual([200, kinds, null]);
    expect(body.output).toBeDefined();
  });
});

test.each([
  ['an address that is none', { url: 'nowhere' }],
  ['no address', {}],
])('what does not fit is said with its place: %s', async (_title, input) => {
  const answer = await tryOut('http', 'request', { input });
  expect([answer.status, JSON.stringify(answer.body)]).toEqual([422, expect.stringContaining('url')]);
});

test('what the code refuses by itself is said', async () => {
  const { body } = await tryOut('http', 'request', { input: { url: 'https://ada:secret@example.com/' } });
  expect(body).toMatchObject({ asked: [], problem: expect.stringContaining('user name or password') as string });
});

test('an operation or a version that is not there is not found, nor is another workspace', async () => {
  expect((await tryOut('http', 'no-such')).status).toBe(404);
  expect((await tryOut('http', 'request', {}, '9.9.9')).status).toBe(404);
  expect((await ada.send('POST', '/w/ws_other/try', { use: { connector: 'http', version: '1.0.0', operation: 'request' } })).status).toBe(404);
});
