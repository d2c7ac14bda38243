import { join } from 'node:path';
import type { JsonObject } from '@weft/json-schema';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFlow, flowOf, http, manual, text } from '../../../test/flow-parts.ts';
import { type LocalService, startService } from '../../../test/local-service.ts';
import { type Person, startWeft, type TestWeft } from '../../../test/weft.ts';
import { openDatabase } from '../../db/open.ts';
import { readKeyFile } from '../../vault/key-file.ts';
import { createVault } from '../../vault/vault.ts';

let weft: TestWeft;
let ada: Person;
let service: LocalService;
beforeAll(async () => {
  weft = await startWeft({ starters: [] });
  ada = await weft.claim();
  service = await startService((_call, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end('{}'));
  await ada.send('PATCH', '/settings', { privateNetworks: [service.hostAndPort] });
});
afterAll(() => Promise.all([weft.stop(), service.close()]));

/** A row of a data folder as Weft 0.1 wrote it, whatever today's code makes of new ones. */
function store(id: string, { scheme, config, credentials }: { scheme: string; config: JsonObject; credentials: JsonObject }): void {
  const db = openDatabase(join(weft.folder, 'weft.sqlite'));
  const sealed = createVault(readKeyFile(join(weft.folder, 'key'), false)).seal({ workspaceId: ada.workspace, rowId: id, version: 1 }, credentials);
  db.$client
    .prepare(
      `INSERT INTO connections (id, workspace_id, title, connector, scheme, config, credential_fields, sealed, version, created_at, updated_at)
       VALUES (?, ?, 'Stored', 'http', ?, ?, ?, ?, 1, 1760000000000, 1760000000000)`,
    )
    .run(id, ada.workspace, scheme, JSON.stringify(config), JSON.stringify(Object.keys(credentials)), sealed);
  db.$client.close();
}

const usual = { accept: '*/*', 'accept-encoding': 'gzip, br', 'user-agent': 'Weft', connection: 'keep-alive', 'x-own': 'kept' };

test.each<[id: string, scheme: string, config: JsonObject, credentials: JsonObject, headers: Record<string, string>, url: string]>([
  ['conn_bearer', 'bearer', {}, { token: 'canary-token' }, { authorization: 'Bearer canary-token' }, '/orders?a=1'],
  ['conn_basic', 'basic', {}, { username: 'ada', password: 'pä:ss wörd' }, { authorization: 'Basic YWRhOnDDpDpzcyB3w7ZyZA==' }, '/orders?a=1'],
  ['conn_header', 'api-key', { placement: 'header', name: 'X-Api-Key' }, { key: 'canary-key' }, { 'x-api-key': 'canary-key' }, '/orders?a=1'],
  [
    'conn_prefix',
    'api-key',
    { placement: 'header', name: 'Authorization', prefix: 'Token ' },
    { key: 'canary-key' },
    { authorization: 'Token canary-key' },
    '/orders?a=1',
  ],
  ['conn_query', 'api-key', { placement: 'query', name: 'api_key' }, { key: 'canary key' }, {}, '/orders?a=1&api_key=canary+key'],
  ['conn_none', 'none', {}, {}, {}, '/orders?a=1'],
])('%s of a data folder puts the same on a request as on the day it was stored', async (id, scheme, config, credentials, headers, url) => {
  store(id, { scheme, config: { host: service.hostAndPort, ...config }, credentials });
  const call = http({ url: text(`${service.url}/orders?a=1`), headers: text({ 'X-Own': 'kept' }) }, { connection: id, config: { method: 'GET' } });
  const document = flowOf({ trigger: manual(), call }, ['trigger → call']);
  const { base } = await createFlow(ada, document);
  const tried = await ada.send('POST', `${base}/test-step`, { document, stepId: 'call', scope: {} });
  expect(tried.body).toMatchObject({ status: 'succeeded' });
  const { headers: received, url: called } = service.calls.at(-1)!;
  expect({ url: called, headers: received }).toEqual({ url, headers: { ...usual, host: service.hostAndPort, ...headers } });
});

test('a connection whose test failed works again when a step has used it', async () => {
  store('conn_failed', { scheme: 'bearer', config: { host: service.hostAndPort }, credentials: { token: 'canary-token' } });
  const db = openDatabase(join(weft.folder, 'weft.sqlite'));
  db.$client.prepare("UPDATE connections SET tested_at = 1, test_ok = 0, test_message = 'Refused.' WHERE id = 'conn_failed'").run();
  db.$client.close();
  const lastTest = async () => {
    const { body } = await ada.send<{ id: string; lastTest: unknown }[]>('GET', `/w/${ada.workspace}/connections`);
    return body.find(({ id }) => id === 'conn_failed')?.lastTest;
  };
  expect(await lastTest()).toMatchObject({ ok: false });
  const call = http({ url: text(`${service.url}/orders`) }, { connection: 'conn_failed', config: { method: 'GET' } });
  const document = flowOf({ trigger: manual(), call }, ['trigger → call']);
  const { base } = await createFlow(ada, document);
  await ada.send('POST', `${base}/test-step`, { document, stepId: 'call', scope: {} });
  expect(await lastTest()).toMatchObject({ ok: true, message: 'A step used it without a failure.' });
});
