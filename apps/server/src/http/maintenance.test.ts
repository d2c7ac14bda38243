import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { flowOf, http, manual, path, publishFlow, respond, text, webhook } from '../../test/flow-parts.ts';
import { openDatabase } from '../db/open.ts';
import { liveEvents } from '../../test/live-events.ts';
import { startService, type LocalService } from '../../test/local-service.ts';
import { type Person, startWeft, type TestWeft } from '../../test/weft.ts';
import type { ConnectionSummary, FlowDetail, FlowSummary, Maintenance, Page, Rejection, RunDetail, RunSummary } from '@weft/api';

let weft: TestWeft;
let ada: Person;
let service: LocalService;

beforeAll(async () => {
  service = await startService((_call, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end('{}'));
  weft = await startWeft();
  ada = await weft.claim();
  await ada.send('PATCH', '/settings', { privateNetworks: [service.hostAndPort] });
});
afterAll(async () => {
  await weft.stop();
  await service.close();
});
beforeEach(async () => {
  await ada.send('PUT', '/maintenance/drain', { draining: false });
});

const answering = (name: string) =>
  publishFlow(
    ada,
    flowOf({ trigger: webhook({ path: name, respond: 'when-finished' }), respond: respond({ body: path('trigger', 'body') }) }, ['trigger → respond'], name),
  );
const calling = (name: string, settings = {}) => {
  const flow = flowOf(
    { trigger: webhook({ path: name, respond: 'immediately' }), call: http({ url: text(`${service.url}/${name}`), body: path('trigger', 'body') }) },
    ['trigger → call'],
    name,
  );
  return publishFlow(ada, { ...flow, settings });
};
const post = (url: string, body: object) => fetch(url, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
const runsOf = async (flowId: string, filter = '') => (await ada.send<Page<RunSummary>>('GET', `/w/${ada.workspace}/runs?flow=${flowId}${filter}`)).body.items;

/** Until all runs of a flow have ended. */
async function ended(flowId: string, count: number): Promise<RunSummary[]> {
  const events = await liveEvents(ada, weft.url);
  try {
    for (;;) {
      const runs = await runsOf(flowId);
      if (runs.filter(({ finishedAt }) => finishedAt !== null).length >= count) return runs;
      await events.next('run', ({ run }) => run.flowId === flowId && run.finishedAt !== null);
    }
  } finally {
    events.close();
  }
}

test('a paused flow accepts calls, runs nothing, says why, and goes on in order; over a restart too', async () => {
  const { id, base, url } = await answering('paused');
  const paused = await ada.send<FlowDetail>('PATCH', base, { paused: true });
  expect(paused.body).toMatchObject({ enabled: true, paused: true });
  const answers = [];
  for (const number of [1, 2, 3]) answers.push(await post(url, { number }));
  expect(answers.map(({ status }) => status)).toEqual([202, 202, 202]);
  const runIds = await Promise.all(answers.map(async (answer) => ((await answer.json()) as { runId: string }).runId));
  expect((await runsOf(id)).map(({ status, queued }) => ({ status, queued }))).toEqual(
    Array.from({ length: 3 }, () => ({ status: 'queued', queued: { kind: 'paused' } })),
  );
  await weft.restart();
  expect((await ada.send<RunDetail>('GET', `/w/${ada.workspace}/runs/${runIds[0]}`)).body.queued).toEqual({ kind: 'paused' });
  expect((await ada.send<Page<FlowSummary>>('GET', `/w/${ada.workspace}/flows`)).body.items.find((flow) => flow.id === id)?.paused).toBe(true);
  await ada.send('PATCH', base, { paused: false });
  const runs = await ended(id, 3);
  expect(runs.map(({ id: runId }) => runId)).toEqual(runIds.toReversed());
  expect(runs.every(({ status }) => status === 'succeeded')).toBe(true);
  // A restart takes another free port.
  expect((await post(`${weft.url}${new URL(url).pathname}`, { number: 4 })).status).toBe(200);
});

test('a run stays on the version it came in with, whatever is published while it waits', async () => {
  const says = (version: string) => flowOf(
    { trigger: webhook({ path: 'versions', respond: 'immediately' }), call: http({ url: text(`${service.url}/versions`), body: text(version) }) },
    ['trigger → call'],
    'versions',
  );
  const { id, base, url } = await publishFlow(ada, says('first'));
  await ada.send('PATCH', base, { paused: true });
  await post(url, {});
  const { revision } = (await ada.send<FlowDetail>('GET', base)).body;
  const saved = await ada.send<{ revision: number }>('PUT', `${base}/draft`, says('second'), { 'if-match': `"${revision}"` });
  expect((await ada.send('POST', `${base}/publish`, { revision: saved.body.revision })).status).toBe(200);
  await post(url, {});
  // The next process has never seen the first version.
  await weft.restart();
  await ada.send('PATCH', base, { paused: false });
  expect((await ended(id, 2)).map(({ version }) => version)).toEqual([2, 1]);
  expect(service.calls.filter(({ url: called }) => called === '/versions').map(({ body }) => JSON.parse(body) as string)).toEqual(['first', 'second']);
});

test('the queue of a paused flow can be given up', async () => {
  const { id, base, url } = await calling('given-up');
  await ada.send('PATCH', base, { paused: true });
  for (let number = 0; number < 60; number += 1) await post(url, { number });
  expect((await ada.send('DELETE', `${base}/queue`)).body).toEqual({ cancelled: 60 });
  await ada.send('PATCH', base, { paused: false });
  expect((await runsOf(id)).every(({ status }) => status === 'cancelled')).toBe(true);
});

test('runs with the same key call one after another, in the order in which they came', async () => {
  const { id, base, url } = await calling('keyed', { concurrency: { key: ['trigger', 'body', 'customer'] } });
  await ada.send('PATCH', base, { paused: true });
  for (let number = 0; number < 12; number += 1) await post(url, { customer: number % 2 ? 'odd' : 'even', number });
  const [newest] = await runsOf(id);
  expect(newest?.queued).toEqual({ kind: 'paused' });
  await ada.send('PATCH', base, { paused: false });
  await ended(id, 12);
  const calls = service.calls.filter(({ url: called }) => called === '/keyed').map(({ body }) => JSON.parse(body) as { customer: string; number: number });
  for (const customer of ['odd', 'even']) {
    const numbers = calls.filter((call) => call.customer === customer).map(({ number }) => number);
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    expect(numbers).toHaveLength(6);
  }
});

test('a full queue refuses calls with 429, tells when to come back, keeps the call, and takes the next when there is room', async () => {
  await ada.send('PATCH', '/settings', { queuePerFlow: 2 });
  const { id, base, url } = await calling('full');
  await ada.send('PATCH', base, { paused: true });
  expect((await post(url, { number: 1 })).status).toBe(202);
  expect((await post(url, { number: 2 })).status).toBe(202);
  const refused = await post(url, { number: 3 });
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(((await refused.json()) as { error: string }).error).toContain('2 runs of this flow wait already');
  expect(await runsOf(id)).toHaveLength(2);
  const events = await liveEvents(ada, weft.url);
  const again = post(url, { number: 4 });
  await events.next('rejected');
  events.close();
  expect((await again).status).toBe(429);
  const kept = (await ada.send<Rejection[]>('GET', `${base}/rejections`)).body;
  expect(kept[0]).toMatchObject({ reason: 'queue_full', excerpt: '{"number":4}' });
  await ada.send('PATCH', base, { paused: false });
  await ended(id, 2);
  expect((await post(url, { number: 5 })).status).toBe(202);
  await ada.send('PATCH', '/settings', { queuePerFlow: 10_000 });
});

test('starting by hand says in a sentence that the queue is full', async () => {
  const { base } = await publishFlow(ada, flowOf({ begin: manual(), call: http({ url: text(`${service.url}/by-hand`) }) }, ['begin → call'], 'by hand'));
  await ada.send('PATCH', '/settings', { queuePerFlow: 1 });
  await ada.send('PATCH', base, { paused: true });
  expect((await ada.send('POST', `${base}/runs`, { payload: {} })).status).toBe(200);
  const refused = await ada.send('POST', `${base}/runs`, { payload: {} });
  expect(refused).toMatchObject({ status: 429, body: { code: 'queue.full', detail: expect.stringContaining('Try again when') as string } });
  await ada.send('PATCH', '/settings', { queuePerFlow: 10_000 });
});

test('maintenance takes no new work, survives a restart, and afterwards all that was accepted runs', async () => {
  const { id, url } = await calling('maintenance');
  const begun = await ada.send<Maintenance>('PUT', '/maintenance/drain', { draining: true });
  expect(begun.body.draining).toMatchObject({ by: 'Ada Lovelace' });
  expect((await post(url, { number: 1 })).status).toBe(202);
  await weft.restart();
  expect((await runsOf(id))[0]?.queued).toEqual({ kind: 'draining' });
  const during = await ada.send<Maintenance>('GET', '/maintenance');
  expect(during.body).toMatchObject({ running: 0 });
  expect(during.body.queued).toBeGreaterThanOrEqual(1);
  await ada.send('PUT', '/maintenance/drain', { draining: false });
  expect((await ended(id, 1))[0]?.status).toBe('succeeded');
});

test('a connector version that is switched off keeps its runs waiting, warns before publishing, and lets others run', async () => {
  const { id, base, url } = await calling('needs-http');
  const other = await answering('needs-nothing');
  const off = await ada.send<Maintenance>('PUT', '/maintenance/connectors', { connector: 'http', version: '1.0.0', note: 'It sends twice.' });
  expect(off.body.connectors).toEqual([expect.objectContaining({ connector: 'http', version: '1.0.0', note: 'It sends twice.', by: 'Ada Lovelace' })]);
  expect((await post(url, {})).status).toBe(202);
  expect((await runsOf(id))[0]?.queued).toEqual({ kind: 'connector', connector: 'http', version: '1.0.0', note: 'It sends twice.' });
  expect((await post(other.url, { a: 1 })).status).toBe(200);
  const problems = (await ada.send<{ code: string; severity: string }[]>('GET', `${base}/problems`)).body;
  expect(problems).toContainEqual(expect.objectContaining({ code: 'connector.held', severity: 'warning' }));
  await ada.send('PUT', '/maintenance/connectors', { connector: 'http', version: '1.0.0', note: null });
  expect((await ended(id, 1))[0]?.status).toBe('succeeded');
});

test('what is tried while a flow is built does not call a connector version that is switched off', async () => {
  const { base } = await calling('tried');
  const { body: flow } = await ada.send<FlowDetail>('GET', base);
  await ada.send('PUT', '/maintenance/connectors', { connector: 'http', version: '1.0.0', note: 'It sends twice.' });
  const before = service.calls.length;
  const tried = await ada.send('POST', `${base}/test-step`, { document: flow.draft, stepId: 'call', scope: { trigger: { body: {} } } });
  expect(tried).toMatchObject({ status: 422, body: { code: 'step.held', detail: expect.stringContaining('“It sends twice”') as string } });
  const source = { use: { connector: 'http', version: '1.0.0', operation: 'new-items' }, config: { url: service.url, idField: 'id' } };
  const document = flowOf({ trigger: { kind: 'trigger', title: 'New', ...source } });
  const fetched = await ada.send('POST', `${base}/poll-sample`, { document });
  expect(fetched).toMatchObject({ status: 422, body: { detail: expect.stringContaining('“It sends twice”') as string } });
  expect(service.calls).toHaveLength(before);
  await ada.send('PUT', '/maintenance/connectors', { connector: 'http', version: '1.0.0', note: null });
  expect((await ada.send('POST', `${base}/test-step`, { document: flow.draft, stepId: 'call', scope: { trigger: { body: {} } } })).status).toBe(200);
});

test('a connection’s rate limit parks a run that would have to wait for long, and says so at its step', async () => {
  const connection = await ada.send<ConnectionSummary>('POST', `/w/${ada.workspace}/connections`, {
    title: 'Slow service',
    connector: 'http',
    scheme: 'bearer',
    config: { host: service.hostAndPort },
    credentials: { token: 'secret-token' },
    rateLimit: { calls: 1, per: 'hour' },
  });
  expect(connection.body).toMatchObject({ rateLimit: { calls: 1, per: 'hour' } });
  const call = http({ url: text(`${service.url}/slow`) }, { connection: connection.body.id });
  const { id, url } = await publishFlow(ada, flowOf({ trigger: webhook({ path: 'slow', respond: 'when-finished' }), call }, ['trigger → call'], 'slow'));
  expect((await post(url, {})).status).toBe(204);
  expect((await post(url, {})).status).toBe(202);
  const [waiting] = await runsOf(id);
  expect(waiting?.status).toBe('waiting');
  const detail = await ada.send<RunDetail>('GET', `/w/${ada.workspace}/runs/${waiting?.id}`);
  expect(detail.body.entries.at(-1)).toMatchObject({ stepKey: 'call', kind: 'started', wait: { rate: { calls: 1, perMs: 3_600_000, of: 'connection' } } });
  const base = `/w/${ada.workspace}/connections/${connection.body.id}`;
  expect((await ada.send<ConnectionSummary>('PATCH', base, { rateLimit: null })).body.rateLimit).toBeNull();
  expect((await post(url, {})).status).toBe(204);
  expect((await ada.send('PATCH', base, { rateLimit: { calls: 0, per: 'hour' } })).status).toBe(400);
});

test('only the owner of the installation may hold it back, and a reason is needed', async () => {
  const eve = await weft.someoneElse();
  for (const [method, route, body] of [
    ['GET', '/maintenance'],
    ['PUT', '/maintenance/drain', { draining: true }],
    ['PUT', '/maintenance/connectors', { connector: 'http', version: '1.0.0', note: 'x' }],
  ] as const) {
    expect((await eve.send(method, route, body)).status).toBe(403);
  }
  expect((await ada.send('PUT', '/maintenance/connectors', { connector: 'http', version: '1.0.0', note: ' ' })).status).toBe(400);
  expect((await ada.send('PUT', '/maintenance/connectors', { connector: 'http', version: '9.9.9', note: 'x' })).status).toBe(404);
});

test('each of these leaves an audit event with who and why', async () => {
  const db = openDatabase(join(weft.folder, 'weft.sqlite'));
  const actions = db.$client.prepare<[], string>('select action from audit_events').pluck().all();
  db.$client.close();
  for (const action of [
    'flow.paused', 'flow.resumed', 'maintenance.began', 'maintenance.ended', 'connector.switched_off', 'connector.switched_on',
    'flow.queue_cancelled',
  ]) {
    expect(actions).toContain(action);
  }
});
