import { join } from 'node:path';
import type { ServerResponse } from 'node:http';
import type { AuthScheme } from '@weft/connector-sdk';
import { type AuthBehaviour, authKinds } from '@weft/connector-sdk/auth';
import { connectors } from '@weft/connectors';
import { defineAction, defineConnector, errorForAnswer, openJson, readJson } from '@weft/connector-sdk/author';
import type { ConnectionSummary } from '@weft/api';
import type { Json, JsonObject } from '@weft/json-schema';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createFlow, flowOf, manual } from '../../../test/flow-parts.ts';
import { type LocalService, type ReceivedCall, startService } from '../../../test/local-service.ts';
import { type Person, startWeft, type TestWeft } from '../../../test/weft.ts';
import { openDatabase } from '../../db/open.ts';
import { readKeyFile } from '../../vault/key-file.ts';
import { createVault } from '../../vault/vault.ts';

/** A kind of scheme that only these tests have: a token that expires, and another one that gets the next. One entry of the table. */
const expiring: AuthBehaviour = {
  apply({ headers }, { credentials }) {
    headers['authorization'] = `Bearer ${String(credentials['access'])}`;
  },
  expiresAt: ({ credentials }) => Number(credentials['expiresAt']),
  async refresh({ config, credentials }, { http, signal }) {
    const answer = await http.request({ method: 'POST', url: `${String(config['baseUrl'])}/token`, body: String(credentials['refresh']), signal });
    const failed = errorForAnswer(answer);
    if (failed) throw failed;
    return { ...credentials, ...(readJson(answer) as JsonObject) };
  },
  secretsOf: authKinds.bearer.secretsOf,
};
const kinds = { ...authKinds, expiring };

const secretText = { type: 'string', 'x-secret': true } as const;
const session: AuthScheme = {
  id: 'session',
  // The table of these tests has it.
  kind: 'expiring' as 'bearer',
  title: 'Session',
  hostSetting: 'baseUrl',
  fields: { type: 'object', properties: { access: secretText, refresh: secretText, expiresAt: { type: 'number' } } },
};

const ledger = defineConnector({
  id: 'ledger', version: '1.0.0', title: 'Ledger', icon: '<svg/>', categories: [], auth: [session], connectionConfig: z.object({ baseUrl: z.url() }),
  operations: [
    defineAction({
      id: 'read',
      title: 'Read',
      connection: 'required',
      effect: 'read',
      output: openJson({ title: 'Entries' }),
      outputSource: 'learned',
      failures: [],
      samples: [],
      async run({ http, signal, connection }) {
        const answer = await http.request({ method: 'GET', url: `${String(connection.config['baseUrl'])}/entries`, signal });
        const failed = errorForAnswer(answer);
        if (failed) throw failed;
        return readJson(answer);
      },
    }),
  ],
});

const never = Date.now() + 3_600_000;
const entries = (calls: ReceivedCall[]) => calls.filter(({ url }) => url === '/entries');
const tokens = (calls: ReceivedCall[]) => calls.filter(({ url }) => url === '/token');

let weft: TestWeft;
let ada: Person;
beforeAll(async () => {
  weft = await startWeft({ connectors: [ledger, ...connectors], authKinds: kinds, starters: [] });
  ada = await weft.claim();
});
afterAll(() => weft.stop());

/** Gives `access-2` for `refresh-1`, once, and answers entries to the newest token only. */
let service: LocalService;
let giveToken: (call: ReceivedCall, response: ServerResponse) => void;
let newest: string;
let seenAtFirstUse: JsonObject[];
beforeEach(async () => {
  newest = 'access-2-of-the-ledger';
  seenAtFirstUse = [];
  giveToken = ({ body }, response) => {
    const isRight = body === 'refresh-1-of-the-ledger';
    response.writeHead(isRight ? 200 : 400, { 'content-type': 'application/json' });
    response.end(JSON.stringify(isRight ? { access: newest, refresh: 'refresh-2-of-the-ledger', expiresAt: never } : { error: `unknown: ${body}` }));
  };
  service = await startService((call, response) => {
    if (call.url === '/token') return giveToken(call, response);
    const isRight = call.headers.authorization === `Bearer ${newest}`;
    if (isRight) seenAtFirstUse.push(stored());
    response
      .writeHead(isRight ? 200 : 401, { 'content-type': 'application/json' })
      .end(JSON.stringify({ echo: call.headers.authorization?.replace('Bearer ', 'sent: ') ?? null }));
  });
  await ada.send('PATCH', '/settings', { privateNetworks: [service.hostAndPort] });
});
afterEach(() => service.close());

let connection: ConnectionSummary;

async function connect(expiresAt: number, changes: JsonObject = {}): Promise<void> {
  const credentials = { access: 'access-1-of-the-ledger', refresh: 'refresh-1-of-the-ledger', expiresAt, ...changes };
  const made = await ada.send<ConnectionSummary>('POST', `/w/${ada.workspace}/connections`, {
    title: 'Books',
    connector: 'ledger',
    scheme: 'session',
    config: { baseUrl: service.url },
    credentials,
  });
  expect(made.status).toBe(200);
  connection = made.body;
}

/** So many runs of the step at once, each through the API. */
async function read(count: number): Promise<{ status: string; output?: Json; error?: { kind: string; message: string } }[]> {
  const step = { kind: 'action' as const, title: 'Read', use: { connector: 'ledger', version: '1.0.0', operation: 'read' }, connection: connection.id };
  const document = flowOf({ trigger: manual(), step }, ['trigger → step']);
  const { base } = await createFlow(ada, document);
  const answers =
    await Promise.all(Array.from(
      { length: count },
      () => ada.send<Awaited<ReturnType<typeof read>>[number]>('POST', `${base}/test-step`, { document, stepId: 'step', scope: {} }),
    ));
  return answers.map(({ body }) => body);
}

/** What the database holds, read by another connection. */
function stored(): JsonObject {
  const db = openDatabase(join(weft.folder, 'weft.sqlite'));
  const row = db.$client.prepare<[string], { version: number; sealed: Buffer }>('SELECT version, sealed FROM connections WHERE id = ?').get(connection.id)!;
  db.$client.close();
  const vault = createVault(readKeyFile(join(weft.folder, 'key'), false));
  return { version: row.version, ...vault.open({ workspaceId: ada.workspace, rowId: connection.id, version: row.version }, row.sealed) };
}

const old = { access: 'access-1-of-the-ledger', refresh: 'refresh-1-of-the-ledger' };
const next = { version: 2, access: 'access-2-of-the-ledger', refresh: 'refresh-2-of-the-ledger' };

describe.each<[string, () => number, [least: number, most: number]]>([
  ['that has expired', () => Date.now() - 1, [0, 0]],
  ['that the service refuses before its time', () => never, [1, 50]],
])('a token %s', (_title, expiresAt, [least, most]) => {
  test('is renewed once for fifty calls at once, and stored before it is used', async () => {
    await connect(expiresAt());
    const results = await read(50);
    expect(new Set(results.map(({ status }) => status))).toEqual(new Set(['succeeded']));
    expect(tokens(service.calls).map(({ body }) => body)).toEqual(['refresh-1-of-the-ledger']);
    const refused = entries(service.calls).length - 50;
    expect(refused >= least && refused <= most, `${refused} calls were refused`).toBe(true);
    expect(seenAtFirstUse[0]).toMatchObject(next);
  });

  test('is the new one after a restart', async () => {
    await connect(expiresAt());
    await read(1);
    await weft.restart();
    expect(await read(1)).toMatchObject([{ status: 'succeeded' }]);
    expect(tokens(service.calls)).toHaveLength(1);
    expect(stored()).toMatchObject(next);
  });
});

test('a token that was fetched is as secret as one that was entered', async () => {
  await connect(Date.now() - 1);
  const results = JSON.stringify(await read(2));
  expect(results).toContain('••••••');
  expect(results).not.toMatch(/-of-the-ledger/);
});

test('where the service gives no new one, it is about the credentials, and the old ones stay', async () => {
  await connect(Date.now() - 1, { refresh: 'refresh-0-of-the-ledger' });
  const results = await read(3);
  for (const result of results) {
    expect(result).toMatchObject({ status: 'failed', error: { kind: 'auth', message: expect.stringContaining('could not be renewed') } });
  }
  expect(JSON.stringify(results)).not.toMatch(/-of-the-ledger/);
  expect(entries(service.calls)).toEqual([]);
  expect(stored()).toMatchObject({ version: 1, access: old.access, refresh: 'refresh-0-of-the-ledger' });
});

test('where the service is away for a while, the call is worth another try, which asks again', async () => {
  await connect(Date.now() - 1);
  const answer = giveToken;
  giveToken = (_call, response) => void response.writeHead(503).end();
  expect(await read(1)).toMatchObject([{ status: 'failed', error: { kind: 'upstream' } }]);
  expect(stored()).toMatchObject({ version: 1, ...old });
  giveToken = answer;
  expect(await read(1)).toMatchObject([{ status: 'succeeded' }]);
});

test('what a person enters while it is renewed wins', async () => {
  await connect(Date.now() - 1);
  newest = 'access-by-hand-of-the-ledger';
  giveToken = async (_call, response) => {
    await ada.send('PATCH', `/w/${ada.workspace}/connections/${connection.id}`, { credentials: { access: newest, expiresAt: never } });
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ access: 'access-2-of-the-ledger', expiresAt: never }));
  };
  expect(await read(1)).toMatchObject([{ status: 'succeeded' }]);
  expect(stored()).toMatchObject({ version: 2, access: newest, refresh: old.refresh });
});

test('a renewal stands in the audit trail', async () => {
  await connect(Date.now() - 1);
  await read(1);
  const db = openDatabase(join(weft.folder, 'weft.sqlite'));
  const events = db.$client.prepare('SELECT actor_id, action FROM audit_events WHERE subject_id = ? ORDER BY id').all(connection.id);
  db.$client.close();
  expect(events).toEqual([{ actor_id: expect.any(String), action: 'connection.created' }, { actor_id: 'system', action: 'connection.renewed' }]);
});
