import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConnectionSummary, FilePreview, TriggerState } from '@weft/api';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { flowOf } from '../../test/flow-parts.ts';
import { type LocalService, startService } from '../../test/local-service.ts';
import { claimSupervised, type SupervisedPerson } from '../../test/supervised-person.ts';
import { type SupervisedWeft, superviseWeft } from '../../test/supervised-weft.ts';

let folder: string;
let service: LocalService;
let weft: SupervisedWeft;
let ada: SupervisedPerson;
/** What the service gives to polls, by their path. */
let items: Record<string, string>;
/** A database that takes calls and never says a word. */
let silent: Server;
const callers = new Set<Socket>();

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'weft-guarded-'));
  items = {};
  service = await startService(({ url }, response) => {
    // Whoever published a flow that takes the server with it has its answer by then.
    setTimeout(() => response.writeHead(200, { 'content-type': 'application/json' }).end(items[url] ?? '[]'), 300);
  });
  silent = createServer((socket) => {
    callers.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => callers.delete(socket));
  }).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  // A second without a beat is a freeze here.
  weft = await superviseWeft(folder, { WEFT_FREEZE_SECONDS: '1', LOG_LEVEL: 'warn' });
  await weft.started(1);
  ada = await claimSupervised(weft, ['127.0.0.0/8']);
});
afterEach(async () => {
  await weft.dispose();
  await service.close();
  for (const socket of callers) socket.destroy();
  silent.close();
  rmSync(folder, { recursive: true, force: true });
});

const patiently = { timeout: 60_000, interval: 200 };
const tooOften = /^Weft ended or stopped answering 3 times while it /;

/** Asks for what may take the server with it. */
const ask = (path: string, body?: unknown) =>
  ada.send<unknown>(body === undefined ? 'GET' : 'POST', path, body).then((answer) => ({ answer }), (error: unknown) => ({ refused: String(error) }));

describe('a flow whose poll freezes the server at every start', () => {
  const poll = (name: string) => {
    const config = { url: `${service.url}/${name}`, idField: 'id', order: 'oldest', first: 'everything', every: '30s' };
    const use = { connector: 'http', version: '1.0.0', operation: 'new-items' };
    return flowOf({ trigger: { kind: 'trigger', title: 'New', use, config } }, [], name);
  };

  test('is not polled any more, says so, keeps no other from it, and is polled again when a person asks', { timeout: 120_000 }, async () => {
    items['/poison'] = '[{ "id": 1, "weft-fault" : "freeze" }]';
    items['/innocent'] = '[{ "id": 1 }]';
    const innocent = await ada.publish(poll('innocent'));
    const poison = await ada.publish(poll('poison'));
    const stateOf = ({ base }: { base: string }) => ada.send<TriggerState>('GET', `${base}/trigger`);
    await weft.started(4);
    await expect.poll(async () => (await stateOf(poison)).error, patiently).toMatch(tooOften);
    expect(await stateOf(poison)).toMatchObject({ active: true, nextAt: null });
    await expect.poll(async () => (await stateOf(innocent)).lastItems, patiently).not.toBeNull();
    expect((await stateOf(innocent)).error).toBeNull();
    expect(weft.output()).toMatch(new RegExp(`"underWay":\\[.*"poll ${poison.id} .*the process before this one ended while it was doing this`));

    items['/poison'] = '[{ "id": 1 }]';
    expect(await ada.send('POST', `${poison.base}/poll`)).toMatchObject({ error: null, lastItems: 1 });
    expect((await stateOf(poison)).nextAt).not.toBeNull();
    expect(weft.starts()).toBe(4);
  });
});

test('a preview, a form and a connection test that the server died in are stopped with a sentence each, and go on when asked again', { timeout: 120_000 }, async () => {
  const address = silent.address() as AddressInfo;
  const connection = await ada.send<ConnectionSummary>('POST', `/w/${ada.workspace}/connections`, {
    title: 'Database',
    connector: 'sql',
    scheme: 'postgresql',
    config: { host: '127.0.0.1', port: address.port, database: 'd', tls: 'off' },
    credentials: { user: 'u', password: 'p' },
  });
  const use = { connector: 'sql', version: '1.0.0', operation: 'insert' };
  const choices = { use, source: 'tables', connection: connection.id, config: {} };
  const file = `/w/${ada.workspace}/files/poison.csv`;
  const put = await fetch(`${weft.url}/api/v1${file}`, {
    method: 'PUT',
    headers: { origin: weft.url, cookie: ada.cookie() },
    body: 'id,what\n1,"weft-fault" : "freeze"\n',
  });
  expect(put.status).toBe(200);
  for (let death = 1; death <= 3; death += 1) {
    const asked = [ask(`/w/${ada.workspace}/options`, choices), ask(`/w/${ada.workspace}/connections/${connection.id}/test`, {})];
    await expect.poll(() => callers.size, patiently).toBe(2);
    asked.push(ask(`${file}/preview`));
    await Promise.all(asked);
    await weft.started(death + 1);
  }
  const stopped = (doing: string) => expect.stringContaining(`Weft ended or stopped answering 3 times while it ${doing}, so it was stopped.`) as string;
  expect(await ask(`${file}/preview`)).toEqual({ refused: stopped('read this file for its preview') });
  expect(await ask(`/w/${ada.workspace}/options`, choices)).toEqual({ refused: stopped('read these choices') });
  expect(await ask(`/w/${ada.workspace}/connections/${connection.id}/test`, {})).toEqual({
    answer: { ok: false, message: stopped('tested this connection') },
  });
  // As somebody does who has read that.
  silent.on('connection', (socket: Socket) => socket.destroy());
  expect(await ask(`/w/${ada.workspace}/options`, { ...choices, again: true })).toEqual({ refused: expect.not.stringMatching('stopped answering') as string });
  expect(await ask(`/w/${ada.workspace}/connections/${connection.id}/test`, {})).toEqual({
    answer: { ok: false, message: expect.not.stringMatching('stopped answering') as string },
  });
  // One that was replaced is another file.
  await fetch(`${weft.url}/api/v1${file}`, { method: 'PUT', headers: { origin: weft.url, cookie: ada.cookie() }, body: 'id\n1\n' });
  expect((await ada.send<FilePreview>('GET', `${file}/preview`)).table?.rows).toEqual([['1']]);
  expect(weft.starts()).toBe(4);
});
