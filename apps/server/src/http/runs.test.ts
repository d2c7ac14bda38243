import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FlowDocument } from '@weft/flow';
import type { Json } from '@weft/json-schema';
import { createFlow, flowOf, http, manual, mapping, path, publishFlow, respond, text, webhook } from '../../test/flow-parts.ts';
import { liveEvents } from '../../test/live-events.ts';
import { type LocalService, startService } from '../../test/local-service.ts';
import { type Person, startWeft, type TestWeft } from '../../test/weft.ts';
import type { ConnectionSummary, FlowSummary, Page, ProblemDetails, RunDetail, RunSummary, StepTest } from '@weft/api';

let weft: TestWeft;
let ada: Person;
const services: LocalService[] = [];

beforeEach(async () => {
  weft = await startWeft();
  ada = await weft.claim();
});
afterEach(async () => {
  for (const service of services.splice(0)) await service.close();
  await weft.stop();
});

/** A service that the owner has allowed flows to call. */
async function allowedService(...answer: Parameters<typeof startService>): Promise<LocalService> {
  const service = await startService(...answer);
  services.push(service);
  await ada.send('PATCH', '/settings', { privateNetworks: services.map(({ hostAndPort }) => hostAndPort) });
  return service;
}

const post = (url: string, body: Json = {}) =>
  fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
const runPath = (runId: string) => `/w/${ada.workspace}/runs/${runId}`;
const detailOf = async (runId: string) => (await ada.send<RunDetail>('GET', runPath(runId))).body;
const runsOf = async (flowId: string) => (await ada.send<Page<RunSummary>>('GET', `/w/${ada.workspace}/runs?flow=${flowId}`)).body.items;
const start = (base: string, payload: Json) => ada.send<Started>('POST', `${base}/runs`, { payload });

/** An accepted run, or why there is none. */
type Started = { runId: string } & Partial<ProblemDetails>;
const statusOf = async (runId: string) => (await detailOf(runId)).status;
const finished = async (runId: string): Promise<RunDetail> => {
  await expect.poll(() => statusOf(runId), { timeout: 10_000 }).toMatch(/succeeded|failed|cancelled|skipped/);
  return detailOf(runId);
};
const facts = ({ entries }: RunDetail) =>
  entries.map(({ stepKey, attempt, kind, port }) => [stepKey, attempt, kind, ...(port === 'error' ? [port] : [])].join(' '));

test('a call whose data is not as in the samples succeeds with a warning that lists show, filter and count', async () => {
  const sample = { body: { email: 'ada@example.com', total: 5 } };
  const trigger = { ...webhook({ path: 'renamed' }), samples: [{ title: 'One', output: sample }] };
  const { id, url } = await publishFlow(ada, flowOf({ trigger, respond: respond({ body: path('trigger', 'body', 'email') }) }, ['trigger → respond']));
  await post(url, { email: 'bob@example.com', total: 7 });
  await post(url, { contact_email: 'bob@example.com', total: '7' });
  const listed = await runsOf(id);
  expect(listed.map(({ status, warnings }) => [status, warnings])).toEqual([['succeeded', 2], ['succeeded', 0]]);
  const { body } = await ada.send<Page<RunSummary>>('GET', `/w/${ada.workspace}/runs?flow=${id}&warned=yes`);
  expect(body.items.map((run) => run.id)).toEqual([listed[0]?.id]);
  const detail = await detailOf(listed[0]?.id ?? '');
  expect(detail.warnings).toBe(2);
  expect(detail.entries.flatMap(({ warnings }) => (warnings ?? []).map(({ message }) => message))).toEqual([
    expect.stringContaining('body › email is missing'),
    expect.stringContaining('body › total must be'),
  ]);
});

test('runs are called by the field that their flow names; lists show and search it, and are narrowed down by time', async () => {
  const { id, url } = await publishFlow(
    ada,
    {
      ...flowOf({ trigger: webhook({ path: 'titled' }), respond: respond({ body: text('ok') }) }, ['trigger → respond']),
      settings: { runTitle: ['trigger', 'body', 'order', 'number'] },
    },
  );
  await post(url, { order: { number: '#2003' } });
  await post(url, { order: { number: 2004 } });
  await post(url, { order: {} });
  const titles = async (query = '') =>
    (await ada.send<Page<RunSummary>>('GET', `/w/${ada.workspace}/runs?flow=${id}${query}`)).body.items.map(({ title }) => title);
  await expect.poll(() => titles()).toEqual([null, '2004', '#2003']);
  expect(await titles(`&search=${encodeURIComponent('#2003')}`)).toEqual(['#2003']);
  const [last] = await runsOf(id);
  const hour = (from: number) => encodeURIComponent(new Date(Date.parse(last?.createdAt ?? '') + from * 3_600_000).toISOString());
  expect(await titles(`&since=${hour(-1)}&before=${hour(1)}`)).toHaveLength(3);
  expect(await titles(`&since=${hour(1)}`)).toEqual([]);
  expect(await titles(`&before=${hour(-1)}`)).toEqual([]);
});

test('what stands under the name of a secret is no title', async () => {
  const { id, url } = await publishFlow(
    ada,
    {
      ...flowOf({ trigger: webhook({ path: 'secret' }), respond: respond({ body: text('ok') }) }, ['trigger → respond']),
      settings: { runTitle: ['trigger', 'body', 'password'] },
    },
  );
  await post(url, { password: 'hunter2' });
  await expect.poll(async () => (await runsOf(id)).map(({ title }) => title)).toEqual([null]);
});

test('a number of any size leaves as a number where one is wanted, in calls and in answers', async () => {
  const bodies: string[] = [];
  const service = await allowedService((call, response) => {
    bodies.push(call.body);
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  const wanted = {
    type: 'object',
    properties: { body: { type: 'object', properties: { id: { type: 'integer' }, code: { type: 'string' }, read: {} } } },
  } as const;
  const send = http({
    url: text(service.url),
    'body.id': path('trigger', 'body', 'id'),
    'body.code': path('trigger', 'body', 'id'),
    'body.read': { fn: 'toInteger', args: [path('trigger', 'body', 'code')] },
  }, { schemas: { input: wanted } });
  const answer = { ...respond({ 'body.id': path('trigger', 'body', 'id'), 'body.code': path('trigger', 'body', 'code') }), schemas: { input: wanted } };
  const { id, url } = await publishFlow(ada, flowOf({ trigger: webhook({ path: 'large' }), send, answer }, ['trigger → send', 'send → answer']));
  const answered = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"id":7615917337495251231,"code":"9007199254740993"}',
  });
  expect(bodies).toEqual(['{"id":7615917337495251231,"code":"7615917337495251231","read":9007199254740993}']);
  expect(await answered.text()).toBe('{"id":7615917337495251231,"code":"9007199254740993"}');
  const [run] = await runsOf(id);
  expect([run?.status, run?.warnings]).toEqual(['succeeded', 0]);
});

test('a failing service is tried again with growing pauses, then the error port goes on', async () => {
  const service = await allowedService((call, response, count) => {
    response.writeHead(call.url === '/alert' ? 200 : count < 2 ? 503 : 500, { 'content-type': 'application/json' }).end('{"seen":true}');
  });
  const order = http({
    url: text(`${service.url}/orders`),
    body: path('trigger', 'body'),
  }, { retry: { attempts: 3, backoff: 'exponential', delayMs: 20 }, onError: 'port' });
  const alert = http({ url: text(`${service.url}/alert`), body: text('It failed.') });
  const { id, url } = await publishFlow(
    ada,
    flowOf({ trigger: webhook({ path: 'retry' }), order, alert, respond: respond({ body: path('alert', 'body') }) }, [
      'trigger → order', 'order.error → alert', 'alert → respond',
    ]),
  );
  const response = await post(url, { id: 1 });
  expect([response.status, await response.json()]).toEqual([200, { seen: true }]);
  const runId = (await runsOf(id))[0]?.id ?? '';
  const detail = await detailOf(runId);
  expect(facts(detail).filter((fact) => fact.startsWith('order'))).toEqual([
    'order 1 started', 'order 1 failed', 'order 2 started', 'order 2 failed', 'order 3 started', 'order 3 failed error',
  ]);
  const orders = service.calls.filter((call) => call.url === '/orders');
  expect(orders.map(({ headers }) => headers['idempotency-key'])).toEqual([`${runId}:order`, `${runId}:order`, `${runId}:order`]);
});

test('a private address is refused with a sentence about the setting, and nothing is sent', async () => {
  const service = await startService((_call, response) => response.end());
  services.push(service);
  const { url } = await publishFlow(ada, flowOf({ trigger: webhook({ path: 'private' }), http1: http({ url: text(service.url) }) }, ['trigger → http1']));
  const response = await post(url);
  const { runId } = (await response.json()) as Started;
  const detail = await detailOf(runId);
  expect(detail).toMatchObject({ status: 'failed', error: { kind: 'refused', stepKey: 'http1' } });
  expect(detail.error?.message).toMatch(/private networks/i);
  expect(service.calls).toEqual([]);
});

test('a run in flight can be cancelled, once', async () => {
  const service = await allowedService(() => undefined);
  const { base } = await publishFlow(ada, flowOf({ trigger: manual(), http1: http({ url: text(service.url) }) }, ['trigger → http1']));
  const { body } = await start(base, { id: 1 });
  await expect.poll(() => service.calls.length).toBe(1);
  const cancelled = await ada.send('POST', `${runPath(body.runId)}/cancel`);
  expect(cancelled.body).toMatchObject({ id: body.runId, status: 'cancelled' });
  expect((await ada.send('POST', `${runPath(body.runId)}/cancel`)).body).toMatchObject({ code: 'run.final' });
  expect((await detailOf(body.runId)).payload).toEqual({ body: { id: 1 } });
});

test('a run can be started again on the version of now; a flow that may not run says why', async () => {
  const document = flowOf({
    trigger: manual(),
    shape: { kind: 'transform', title: 'Shape', input: mapping({ name: path('trigger', 'body', 'name') }) },
  }, ['trigger → shape']);
  const draft = await createFlow(ada, document);
  expect((await start(draft.base, {})).body).toMatchObject({ code: 'flow.not_published' });
  await ada.send('POST', `${draft.base}/publish`, { revision: draft.revision });
  const first = await start(draft.base, { body: { name: 'Ada' } });
  await finished(first.body.runId);
  const again = await ada.send<Started>('POST', `${runPath(first.body.runId)}/again`);
  const detail = await finished(again.body.runId);
  expect(detail).toMatchObject({ version: 1, payload: { body: { name: 'Ada' } }, status: 'succeeded' });
  expect(detail.entries.at(-1)?.output).toEqual({ name: 'Ada' });
  await ada.send('PATCH', draft.base, { enabled: false });
  expect((await ada.send('POST', `${runPath(first.body.runId)}/again`)).body).toMatchObject({ code: 'flow.switched_off' });
  expect((await ada.send<Page<FlowSummary>>('GET', `/w/${ada.workspace}/flows`)).body.items[0]).toMatchObject({
    lastRun: { id: again.body.runId, status: 'succeeded' },
  });
});

test('a test run uses the draft that was sent with it, can stop after a step, and is seen live', async () => {
  const steps = {
    trigger: webhook({ path: 'tested' }),
    pinned: http({ url: text('https://example.invalid') }, {
      samples: [{ title: 'Real', output: { status: 200, headers: {}, body: { stock: 4 } } }],
      pinned: 0,
    }),
    respond: respond({ body: path('pinned', 'body', 'stock') }),
  };
  const { id, base } = await createFlow(ada, flowOf({ trigger: webhook({ path: 'tested' }) }));
  const document = flowOf(steps, ['trigger → pinned', 'pinned → respond']);
  const events = await liveEvents(ada, weft.url);
  const testRun = (sent: FlowDocument, until?: string) => ada.send<Started>('POST', `${base}/test-run`, { document: sent, payload: { body: {} }, until });
  const { body } = await testRun(document);
  const update = await events.next('steps', ({ runId }) => runId === body.runId);
  expect(update.entries[0]).toMatchObject({ stepKey: 'trigger', kind: 'succeeded' });
  expect(await events.next('run', ({ run }) => run.id === body.runId && run.finishedAt !== null)).toMatchObject({
    run: { flowId: id, mode: 'test', status: 'succeeded', version: null },
  });
  const detail = await detailOf(body.runId);
  expect(detail.answer).toEqual({ status: 200, headers: {}, body: 4 });
  expect(detail.document.steps['pinned']).toEqual(steps.pinned);

  const short = await testRun(document, 'pinned');
  expect(facts(await finished(short.body.runId))).toEqual(['trigger 1 succeeded', 'pinned 1 succeeded']);
  const nowhere = await testRun(document, 'gone');
  expect([nowhere.status, nowhere.body]).toEqual([404, expect.objectContaining({ code: 'not_found' })]);
  const without = await testRun(flowOf({}));
  expect(without.body).toMatchObject({ code: 'trigger.missing' });
  events.close();
});

test('one step can be tried on given data, with its mapping, its errors at their field, and no trace in the history', async () => {
  const service = await allowedService((call, response) => response.writeHead(200, { 'content-type': 'application/json' }).end(call.body));
  const { base } = await createFlow(ada, flowOf({ trigger: webhook({ path: 'steps' }) }));
  const document = flowOf(
    {
      trigger: webhook({ path: 'steps' }),
      each: { kind: 'forEach', title: 'Each line', items: path('trigger', 'body', 'lines'), as: 'line' },
      http1: { ...http({ url: text(service.url), 'body.sku': path('line', 'sku'), 'body.customer': path('trigger', 'body', 'customer') }), in: 'each' },
      open: http({ 'body.text': text('no address') }),
      positive: { kind: 'filter', title: 'Positive', condition: { fn: 'greaterThan', args: [path('trigger', 'body', 'total'), text(0)] } },
    },
    ['trigger → each', 'each → open', 'open → positive'],
  );
  const testStep = (stepId: string, scope: Json) => ada.send<StepTest>('POST', `${base}/test-step`, { document, stepId, scope });
  const scope = { trigger: { body: { customer: 'Ada', lines: [{ sku: 'TEA' }, { sku: 'CUP' }], total: 0 } }, line: { sku: 'TEA' } };

  const tried = await testStep('http1', scope);
  expect(tried.body).toMatchObject({
    stepId: 'http1',
    status: 'succeeded',
    input: { url: service.url, body: { sku: 'TEA', customer: 'Ada' } },
    output: { status: 200, body: { sku: 'TEA', customer: 'Ada' } },
    outputSchema: { type: 'object' },
  });
  expect((await testStep('each', scope)).body).toMatchObject({ status: 'succeeded', output: { succeeded: 2, failed: 0 } });
  expect((await testStep('open', scope)).body).toMatchObject({ status: 'failed', error: { kind: 'invalid_input', path: ['input', 'url'] } });
  expect((await testStep('positive', scope)).body).toMatchObject({ status: 'succeeded', output: { passed: false } });
  expect((await testStep('trigger', scope)).status).toBe(422);
  expect((await testStep('nothing', scope)).status).toBe(404);
  expect((await ada.send<Page<RunSummary>>('GET', `/w/${ada.workspace}/runs`)).body.items).toEqual([]);
});

test('other workspaces and their connections do not exist, and nothing is called on their behalf', async () => {
  const service = await allowedService((_call, response) => response.end('[]'));
  const { id, base } = await publishFlow(ada, flowOf({ trigger: manual() }));
  const { body } = await start(base, {});
  const connection = await ada.send<ConnectionSummary>('POST', `/w/${ada.workspace}/connections`, {
    title: 'ERP', connector: 'http', scheme: 'bearer', config: { host: service.hostAndPort }, credentials: { token: 'a-secret-token' },
  });
  const eve = await weft.someoneElse();
  const routes: [method: string, path: string, body?: unknown][] = [
    ['GET', `/w/${eve.workspace}/runs/${body.runId}`],
    ['POST', `/w/${eve.workspace}/runs/${body.runId}/cancel`],
    ['POST', `/w/${eve.workspace}/runs/${body.runId}/again`],
    ['POST', `/w/${eve.workspace}/flows/${id}/runs`, { payload: {} }],
    ['POST', `/w/${eve.workspace}/flows/${id}/listen`],
    ['GET', `/w/${eve.workspace}/flows/${id}/rejections`],
    ['POST', `/w/${eve.workspace}/flows/${id}/test-run`, { document: flowOf({ trigger: manual() }), payload: {} }],
    ['GET', `/w/${ada.workspace}/runs`],
    ['GET', `/w/${ada.workspace}/events`],
  ];
  for (const [method, address, sent] of routes) expect([address, (await eve.send(method, address, sent)).status]).toEqual([address, 404]);
  expect((await eve.send<Page<RunSummary>>('GET', `/w/${eve.workspace}/runs?flow=${id}`)).body.items).toEqual([]);

  const use = { connector: 'sql', version: '1.0.0', operation: 'query' };
  const options = await eve.send('POST', `/w/${eve.workspace}/options`, { use, source: 'tables', connection: connection.body.id, config: {} });
  expect(options.status).toBe(404);
  const theirs = await createFlow(eve, flowOf({ trigger: manual() }));
  const stolen = flowOf({ trigger: manual(), http1: http({ url: text(service.url) }, { connection: connection.body.id }) }, ['trigger → http1']);
  const tried = await eve.send('POST', `${theirs.base}/test-step`, { document: stolen, stepId: 'http1', scope: {} });
  expect(tried.body).toMatchObject({ status: 'failed' });
  expect(service.calls).toEqual([]);
});

test('secrets of a connection are nowhere but in the vault, even when the service sends them back', async () => {
  const canary = 'canary-7f3a9c51e2';
  const service = await allowedService((call, response, count) => {
    response
      .writeHead(count === 1 ? 200 : 400, { 'content-type': 'application/json', 'x-echo': String(call.headers.authorization) })
      .end(JSON.stringify({ echo: call.headers, text: `You sent ${canary}`, [canary]: canary }));
  });
  const connection = await ada.send<ConnectionSummary>('POST', `/w/${ada.workspace}/connections`, {
    title: 'ERP', connector: 'http', scheme: 'bearer', config: { host: service.hostAndPort }, credentials: { token: canary },
  });
  const call = http({ url: text(service.url) }, { connection: connection.body.id });
  const document = flowOf({ trigger: webhook({ path: 'canary' }), call, respond: respond({ body: path('call') }) }, ['trigger → call', 'call → respond']);
  const events = await liveEvents(ada, weft.url);
  const { id, base, url } = await publishFlow(ada, document);
  const answers = [await (await post(url)).text(), await (await post(url)).text()];
  const tried = await ada.send('POST', `${base}/test-step`, { document, stepId: 'call', scope: { trigger: { body: null } } });
  const history = await runsOf(id);
  const details = await Promise.all(history.map((run) => detailOf(run.id)));
  await events.next('run', ({ run }) => run.status === 'failed');
  const exported = await ada.send('GET', `${base}/export?samples=true`);
  events.close();
  expect(service.calls.map(({ headers }) => headers.authorization)).toEqual([`Bearer ${canary}`, `Bearer ${canary}`, `Bearer ${canary}`]);
  const ways = { answers, tried: tried.body, history, details, events: events.seen, exported: exported.body };
  expect(JSON.stringify(ways)).not.toContain(canary);
  for (const name of readdirSync(weft.folder).filter((file) => file.startsWith('weft.sqlite'))) {
    expect([name, readFileSync(join(weft.folder, name)).includes(canary)]).toEqual([name, false]);
  }
});
