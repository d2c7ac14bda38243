import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { flowOf, http, path, text, webhook } from '../../test/flow-parts.ts';
import { type LocalService, startService } from '../../test/local-service.ts';
import { startWeftProcess, type WeftProcess } from '../../test/weft-process.ts';
import type { FlowDetail, Me, Page, RunDetail, RunSummary } from '@weft/api';

let folder: string;
let service: LocalService;
let weft: WeftProcess;
/** Calls that the service has not answered yet. */
let open: ServerResponse[];
let holding: boolean;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'weft-resume-'));
  open = [];
  holding = true;
  service = await startService((_call, response) => {
    if (holding) open.push(response);
    else response.writeHead(200, { 'content-type': 'application/json' }).end('{"stored":true}');
  });
  weft = await startWeftProcess(folder);
});
afterEach(async () => {
  await weft.end('SIGKILL');
  await service.close();
  rmSync(folder, { recursive: true, force: true });
});

const release = () => {
  holding = false;
  for (const response of open.splice(0)) response.writeHead(200, { 'content-type': 'application/json' }).end('{"stored":true}');
};

let cookie = '';
async function send<T>(method: string, address: string, body?: unknown): Promise<T> {
  const response = await fetch(`${weft.url}/api/v1${address}`, {
    method,
    headers: { origin: weft.url, cookie, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const answer = await response.text();
  if (!response.ok) throw new Error(`${method} ${address}: ${response.status} ${answer}`);
  const [line] = response.headers.getSetCookie();
  if (line) cookie = line.split(';')[0] ?? '';
  return JSON.parse(answer) as T;
}

/** A flow that accepts at once, then calls the service twice. @returns its workspace's runs and the webhook's path. */
async function publish(): Promise<{ workspace: string; hook: string }> {
  cookie = '';
  const person = { name: 'Ada', email: 'ada@example.com', password: 'correct horse battery', workspace: 'Acme', token: weft.setupToken };
  const me = await send<Me>('POST', '/setup', person);
  const workspace = me.workspaces[0]?.id ?? '';
  await send('PATCH', '/settings', { privateNetworks: [service.hostAndPort] });
  const call = (name: string) => http({ url: text(`${service.url}/${name}`), body: path('trigger', 'body') }, { timeoutMs: 60_000 });
  const document = flowOf({ trigger: webhook({ path: 'orders', respond: 'immediately' }), first: call('first'), second: call('second') }, [
    'trigger → first',
    'first → second',
  ]);
  const flow = await send<FlowDetail>('POST', `/w/${workspace}/flows`, { document });
  const { webhookUrl } = await send<FlowDetail>('POST', `/w/${workspace}/flows/${flow.id}/publish`, { revision: flow.revision });
  return { workspace, hook: new URL(webhookUrl ?? '').pathname };
}

async function accepted(hook: string): Promise<string> {
  const response = await fetch(`${weft.url}${hook}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"order":1}' });
  expect(response.status).toBe(202);
  return ((await response.json()) as { runId: string }).runId;
}

const callsTo = (address: string) => service.calls.filter(({ url }) => url === address).map(({ headers }) => headers['idempotency-key']);

test('a run that was killed in the middle goes on at its first unfinished step after the next start', { timeout: 60_000 }, async () => {
  const { workspace, hook } = await publish();
  const runId = await accepted(hook);
  await expect.poll(() => open.length, { timeout: 10_000 }).toBe(1);
  open.splice(0).forEach((response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"stored":true}'));
  await expect.poll(() => callsTo('/second').length, { timeout: 10_000 }).toBe(1);

  await weft.end('SIGKILL');
  open = [];
  weft = await startWeftProcess(folder);
  await expect.poll(() => callsTo('/second').length, { timeout: 10_000 }).toBe(2);
  release();
  await expect.poll(async () => (await send<RunDetail>('GET', `/w/${workspace}/runs/${runId}`)).status, { timeout: 10_000 }).toBe('succeeded');
  expect(callsTo('/first')).toEqual([`${runId}:first`]);
  expect(callsTo('/second')).toEqual([`${runId}:second`, `${runId}:second`]);
});

test('every acknowledged webhook is there after kill -9', { timeout: 60_000 }, async () => {
  const { workspace, hook } = await publish();
  release();
  const acknowledged: string[] = [];
  const sending = Promise.allSettled(
    Array.from({ length: 20 }, async () => {
      for (;;) acknowledged.push(await accepted(hook));
    }),
  );
  await expect.poll(() => acknowledged.length, { timeout: 20_000 }).toBeGreaterThan(60);
  await weft.end('SIGKILL');
  await sending;
  weft = await startWeftProcess(folder);
  const unfinished = async () => {
    const pages = await Promise.all(['queued', 'running'].map((status) => send<Page<RunSummary>>('GET', `/w/${workspace}/runs?status=${status}`)));
    return pages.flatMap(({ items }) => items).length;
  };
  await expect.poll(unfinished, { timeout: 20_000 }).toBe(0);
  const runs = await Promise.all(acknowledged.map((runId) => send<RunDetail>('GET', `/w/${workspace}/runs/${runId}`)));
  expect(new Set(runs.map(({ status }) => status))).toEqual(new Set(['succeeded']));
});

test('SIGTERM lets a run in flight finish and exits with 0', { timeout: 60_000 }, async () => {
  const { workspace, hook } = await publish();
  const runId = await accepted(hook);
  await expect.poll(() => open.length, { timeout: 10_000 }).toBe(1);
  const ended = weft.end('SIGTERM');
  // It takes no more calls, and waits for the run.
  const isUp = () => fetch(`${weft.url}/api/health`).then(() => true, () => false);
  await expect.poll(isUp, { timeout: 10_000 }).toBe(false);
  release();
  expect(await ended).toBe(0);
  weft = await startWeftProcess(folder);
  expect((await send<RunDetail>('GET', `/w/${workspace}/runs/${runId}`)).status).toBe('succeeded');
  expect(callsTo('/second')).toHaveLength(1);
});
