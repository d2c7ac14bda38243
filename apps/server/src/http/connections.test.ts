import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Connector } from '@weft/connector-sdk';
import { connectors } from '@weft/connectors';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../db/open.ts';
import { type Person, startWeft, type TestWeft } from '../../test/weft.ts';
import type { ConnectionSummary, FlowDetail } from '@weft/api';

const canary = 'CANARY-7f3a-secret';

/** A shop with one setting and one secret; its address decides where the secret goes. */
const shop: Connector = {
  descriptor: {
    contract: '1', id: 'shop', version: '1.0.0', title: 'Shop', categories: [], runtime: { kind: 'native' },
    provenance: { origin: 'hand', licence: 'Apache-2.0' }, tier: 'verified',
    connectionConfig: { type: 'object', properties: { host: { type: 'string', minLength: 1 } }, required: ['host'] },
    auth: [{
      id: 'key', kind: 'apiKey', title: 'API key', in: 'header', name: 'X-API-Key', hostSetting: 'host',
      fields: { type: 'object', properties: { key: { type: 'string', minLength: 1, 'x-secret': true } }, required: ['key'] },
    }],
    operations: [], governance: { allowedHosts: [], dataClasses: [] },
  },
  operations: {},
};

let weft: TestWeft;
let ada: Person;
beforeAll(async () => {
  weft = await startWeft({ connectors: [shop, ...connectors.filter(({ descriptor }) => descriptor.id === 'sql')], starters: [] });
  ada = await weft.claim();
});
afterAll(() => weft.stop());

const path = (rest = '') => `/w/${ada.workspace}/connections${rest}`;
const fresh = { title: 'Our shop', connector: 'shop', scheme: 'key', config: { host: 'shop.example' }, credentials: { key: canary } };
const create = async (more: Partial<typeof fresh> = {}) => (await ada.send<ConnectionSummary>('POST', path(), { ...fresh, ...more })).body;

test('a connection says which credentials are set, and never what they are', async () => {
  const made = await create();
  expect(made).toMatchObject({
    title: 'Our shop',
    connector: 'shop',
    scheme: 'key',
    config: { host: 'shop.example' },
    credentialFields: ['key'],
    lastTest: null,
    usedBy: [],
  });
  const changed = await ada.send('PATCH', path(`/${made.id}`), { credentials: { key: `${canary}-2` } });
  const listed = await ada.send('GET', path());
  for (const { body } of [changed, listed]) expect(JSON.stringify(body)).not.toContain(canary);
});

test('what is wrong is said at its field', async () => {
  const missing = await ada.send('POST', path(), { ...fresh, config: {}, credentials: {} });
  expect(missing.status).toBe(400);
  const undeclared = await ada.send('POST', path(), { ...fresh, credentials: { key: 'x', role: 'admin' } });
  expect(undeclared.body.issues).toEqual([{ path: ['credentials', 'role'], message: expect.any(String) }]);
  expect((await ada.send('POST', path(), { ...fresh, connector: 'none' })).status).toBe(400);
  expect((await ada.send('POST', path(), { ...fresh, scheme: 'none' })).status).toBe(400);
});

test.each([
  '../x.sqlite', '/etc/x.db', 'a/../../x.db', '.hidden.sqlite', 'x.txt',
])('a database file %s is refused at its field when the connection is saved', async (file) => {
  const database = { title: 'Tickets', connector: 'sql', scheme: 'sqlite', credentials: {} };
  const refused = await ada.send('POST', path(), { ...database, config: { file } });
  expect(refused.status).toBe(400);
  expect(refused.body.issues).toMatchObject([
    { path: ['config', 'file'], message: 'must look like “tickets.sqlite”', sentence: { code: 'schema.pattern.example' } },
  ]);
  const made = await ada.send<ConnectionSummary>('POST', path(), { ...database, config: { file: 'shop/tickets.sqlite' } });
  expect(made.status).toBe(200);
  expect((await ada.send('PATCH', path(`/${made.body.id}`), { config: { file } })).status).toBe(400);
});

test('credentials that are not sent stay, unless it changes where they are sent to', async () => {
  const made = await create();
  const renamed = await ada.send<ConnectionSummary>('PATCH', path(`/${made.id}`), { title: 'Renamed', config: { host: 'shop.example' } });
  expect(renamed.body).toMatchObject({ title: 'Renamed', credentialFields: ['key'] });
  const redirected = await ada.send('PATCH', path(`/${made.id}`), { config: { host: 'evil.example' } });
  expect(redirected.status).toBe(400);
  expect(redirected.body.issues?.[0]?.path).toEqual(['credentials', 'key']);
  const moved = await ada.send<ConnectionSummary>('PATCH', path(`/${made.id}`), { config: { host: 'new.example' }, credentials: { key: canary } });
  expect(moved.body.config).toEqual({ host: 'new.example' });
});

test('a connection that a flow uses is not deleted', async () => {
  const made = await create({ title: 'In use' });
  const document = {
    format: 'weft.flow/1',
    title: 'Uses it',
    steps: { a: { kind: 'action', title: 'A', use: { connector: 'shop', version: '1.0.0', operation: 'x' }, connection: made.id } },
    edges: [],
    layout: {},
    notes: [],
  };
  const flow = (await ada.send<FlowDetail>('POST', `/w/${ada.workspace}/flows`, { document })).body;
  const refused = await ada.send('DELETE', path(`/${made.id}`));
  expect(refused.status).toBe(409);
  expect(refused.body.detail).toContain('“Uses it”');
  await ada.send('DELETE', `/w/${ada.workspace}/flows/${flow.id}`);
  expect((await ada.send('DELETE', path(`/${made.id}`))).status).toBe(204);
});

describe('at rest', () => {
  test('no file of the installation holds the secret', async () => {
    await create();
    const names = readdirSync(weft.folder).filter((name) => statSync(join(weft.folder, name)).isFile());
    expect(names).toEqual(expect.arrayContaining(['weft.sqlite', 'key']));
    for (const name of names) expect(readFileSync(join(weft.folder, name)).includes(canary)).toBe(false);
    expect(statSync(join(weft.folder, 'key')).mode & 0o777).toBe(0o600);
  });

  test('a ciphertext moved to another row is not used', async () => {
    const [one, other] = [await create({ title: 'One' }), await create({ title: 'Other' })];
    const db = openDatabase(join(weft.folder, 'weft.sqlite'));
    db.$client.prepare('UPDATE connections SET sealed = (SELECT sealed FROM connections WHERE id = ?) WHERE id = ?').run(one.id, other.id);
    db.$client.close();
    const answer = await ada.send('POST', path(`/${other.id}/test`));
    expect(answer.status).toBe(409);
    expect(answer.body.detail).toMatch(/cannot be read/);
  });
});
