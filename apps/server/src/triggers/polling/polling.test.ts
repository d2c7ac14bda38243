import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Json, JsonObject } from '@weft/json-schema';
import type { Step } from '@weft/flow';
import { createFlow, flowOf, publishFlow } from '../../../test/flow-parts.ts';
import { type LocalService, startService } from '../../../test/local-service.ts';
import { liveEvents } from '../../../test/live-events.ts';
import { type Person, startWeft, type TestWeft } from '../../../test/weft.ts';
import type { Backfill, ConnectionSummary, FlowDetail, FlowSummary, Page, RunDetail, RunSummary, TriggerState } from '@weft/api';

let weft: TestWeft;
let ada: Person;
let shop: LocalService;
let orders: { id: number; at: string }[] = [];
let status = 200;

beforeAll(async () => {
  shop = await startService((_call, response) => void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ orders })));
  weft = await startWeft();
  ada = await weft.claim();
  await ada.send('PATCH', '/settings', { privateNetworks: ['127.0.0.0/8'] });
});
afterAll(async () => {
  await weft.stop();
  await shop.close();
});

const trigger = (config: Record<string, Json> = {}): Step => ({
  kind: 'trigger',
  title: 'New orders',
  use: { connector: 'http', version: '1.0.0', operation: 'new-items' },
  config: { url: shop.url, list: 'orders', idField: 'id', order: 'oldest', sinceField: 'at', every: '1d', ...config },
});

const order = (id: number) => ({ id, at: `2026-03-0${id}T00:00:00Z` });
const runsOf = async (flowId: string) => (await ada.send<Page<RunSummary>>('GET', `/w/${ada.workspace}/runs?flow=${flowId}`)).body.items;
const payloadsOf = async (flowId: string) =>
  Promise.all((await runsOf(flowId))
    .toReversed()
    .map(async ({ id }) => (await ada.send<RunDetail>('GET', `/w/${ada.workspace}/runs/${id}`)).body.payload as JsonObject));
const stateOf = async (base: string) => (await ada.send<TriggerState>('GET', `${base}/trigger`)).body;
const pollNow = (base: string) => ada.send<TriggerState>('POST', `${base}/poll`);
/** Publishing asks at once. */
const polled = (base: string) => expect.poll(async () => (await stateOf(base)).lastAt).not.toBeNull();

/** What the list of flows says of it. */
const listed = async (base: string) =>
  (await ada.send<Page<FlowSummary>>('GET', base.slice(0, base.lastIndexOf('/')))).body.items.find(({ id }) => base.endsWith(id));

test('a flow starts with what is new from then on, a run for each item, and nothing twice', async () => {
  orders = [order(1)];
  const { id, base } = await publishFlow(ada, flowOf({ trigger: trigger() }));
  await polled(base);
  expect(await runsOf(id)).toEqual([]);
  orders = [order(1), order(2), order(3)];
  expect((await pollNow(base)).body).toMatchObject({ kind: 'polling', active: true, lastItems: 2, failures: 0, error: null });
  expect((await payloadsOf(id)).map(({ item }) => item)).toEqual([order(2), order(3)]);
  await Promise.all([pollNow(base), pollNow(base), pollNow(base)]);
  expect(await runsOf(id)).toHaveLength(2);
});

test('a flow may take everything that is there, in one run', async () => {
  orders = [order(1), order(2)];
  const { id, base } = await publishFlow(ada, flowOf({ trigger: trigger({ first: 'everything', deliver: 'batch' }) }));
  await polled(base);
  expect(await payloadsOf(id)).toEqual([{ items: [order(1), order(2)], count: 2, polledAt: expect.any(String) }]);
  orders = [order(2), order(3)];
  await pollNow(base);
  expect((await payloadsOf(id)).at(-1)).toMatchObject({ items: [order(3)], count: 1 });
});

test('a source that fails is asked more seldom, says why, and loses nothing', async () => {
  orders = [];
  const { id, base } = await publishFlow(ada, flowOf({ trigger: trigger({ every: '30s' }) }));
  await polled(base);
  const events = await liveEvents(ada, weft.url);
  status = 500;
  orders = [order(1)];
  await pollNow(base);
  await pollNow(base);
  const failing = await stateOf(base);
  expect(failing).toMatchObject({ failures: 2, error: expect.stringContaining('500') });
  expect(await listed(base)).toMatchObject({ enabled: true, triggerError: expect.stringContaining('500') });
  expect(Date.parse(failing.nextAt ?? '') - Date.parse(failing.lastAt ?? '')).toBeGreaterThanOrEqual(60_000);
  expect(await events.next('trigger', ({ flowId }) => flowId === id)).toMatchObject({ flowId: id });
  status = 200;
  expect((await pollNow(base)).body).toMatchObject({ failures: 0, error: null, lastItems: 1 });
  expect(await listed(base)).toMatchObject({ triggerError: null });
  expect(await payloadsOf(id)).toHaveLength(1);
  events.close();
});

test('after a restart, and after it was switched off for a while, a flow goes on where it was', async () => {
  orders = [order(1)];
  const { id, base } = await publishFlow(ada, flowOf({ trigger: trigger({ first: 'everything' }) }));
  await polled(base);
  await weft.restart();
  orders = [order(1), order(2)];
  await pollNow(base);
  await ada.send('PATCH', base, { enabled: false });
  expect((await pollNow(base)).status).toBe(409);
  expect(await stateOf(base)).toMatchObject({ active: false, nextAt: null });
  orders = [order(1), order(2), order(3)];
  await ada.send('PATCH', base, { enabled: true });
  await expect.poll(async () => (await runsOf(id)).length).toBe(3);
  expect((await payloadsOf(id)).map(({ item }) => (item as JsonObject)['id'])).toEqual([1, 2, 3]);
});

test('a flow goes on where it was when only the connection is another one to the same place, and starts anew elsewhere', async () => {
  const connect = async (title: string, key: string, config: JsonObject) =>
    (await ada.send<ConnectionSummary>('POST', `/w/${ada.workspace}/connections`, {
      title,
      connector: 'http',
      scheme: 'api-key',
      config,
      credentials: { key },
    })).body.id;
  const place = { host: new URL(shop.url).host, name: 'X-Key' };
  const [old, same, other] = [await connect('Old', 'a', place), await connect('Same', 'b', place), await connect('Other', 'c', { ...place, name: 'X-Other' })];
  const through = (connection: string) => flowOf({ trigger: { ...trigger(), connection } as Step });
  orders = [order(1)];
  const { id, base } = await publishFlow(ada, through(old));
  await polled(base);
  const published = async (connection: string, number: number) => {
    const { revision } = (await ada.send<FlowDetail>('GET', base)).body;
    await ada.send('PUT', `${base}/draft`, through(connection), { 'if-match': `"${revision}"` });
    expect((await ada.send('POST', `${base}/publish`, { revision: revision + 1 })).status).toBe(200);
    await pollNow(base);
    expect(await runsOf(id)).toHaveLength(number);
  };
  orders = [order(1), order(2)];
  await published(same, 1);
  await pollNow(base);
  expect(await runsOf(id)).toHaveLength(1);
  orders = [order(1), order(2), order(3)];
  await published(other, 1);
});

test('what the trigger finds can be looked at before anything is published', async () => {
  orders = [order(1), order(2)];
  const document = flowOf({ trigger: trigger() });
  const { id, base } = await createFlow(ada, document);
  const { body } = await ada.send<{ outputs: JsonObject[] }>('POST', `${base}/poll-sample`, { document });
  expect(body.outputs.map(({ item }) => item)).toEqual([order(1), order(2)]);
  const broken = await ada.send('POST', `${base}/poll-sample`, { document: flowOf({ trigger: trigger({ list: 'nothing' }) }) });
  expect([broken.status, broken.body.detail]).toEqual([422, expect.stringContaining('no list at “nothing”')]);
  expect(await runsOf(id)).toEqual([]);
});

test('what a source gave before can be read again from a value on, once', async () => {
  orders = [order(1), order(2), order(3)];
  const { id, base } = await publishFlow(ada, flowOf({ trigger: trigger() }));
  await polled(base);
  const begun = await ada.send<Backfill>('POST', `${base}/backfills`, { from: '2026-03-02' });
  expect(begun.body).toMatchObject({ status: 'running', total: null });
  const backfill = async () => (await ada.send<Backfill[]>('GET', `${base}/backfills`)).body[0];
  await expect.poll(backfill).toMatchObject({ status: 'done', done: 2 });
  expect((await payloadsOf(id)).map(({ item }) => (item as JsonObject)['id'])).toEqual([2, 3]);
  expect((await ada.send('POST', `${base}/backfills/${(await backfill())?.id}/stop`)).status).toBe(409);
});

test('a flow with another trigger has nothing to ask, and nobody else’s flow can be asked', async () => {
  const { base } = await publishFlow(
    ada,
    flowOf({ trigger: { kind: 'trigger', title: 'By hand', use: { connector: 'manual', version: '1.0.0', operation: 'start' } } }),
  );
  expect((await ada.send('GET', `${base}/trigger`)).status).toBe(204);
  expect((await pollNow(base)).status).toBe(409);
  const eve = await weft.someoneElse();
  const foreign = base.replace(ada.workspace, eve.workspace);
  const answers = await Promise.all([
    eve.send('GET', `${foreign}/trigger`),
    eve.send('POST', `${foreign}/poll`),
    eve.send('GET', `${foreign}/backfills`),
    eve.send('POST', `${foreign}/backfills`, { from: '1' }),
  ]);
  expect(answers.map((answer) => answer.status)).toEqual([404, 404, 404, 404]);
});

test('a source is not asked while its connector version is switched off; afterwards nothing is missing', async () => {
  orders = [order(1)];
  const { id, base } = await publishFlow(ada, flowOf({ trigger: trigger() }));
  await polled(base);
  await ada.send('PUT', '/maintenance/connectors', { connector: 'http', version: '1.0.0', note: 'It reads too much.' });
  orders = [order(1), order(2)];
  const calls = shop.calls.length;
  expect((await pollNow(base)).body).toMatchObject({ failures: 0, error: expect.stringContaining('“It reads too much”') as string });
  expect(shop.calls).toHaveLength(calls);
  await ada.send('PUT', '/maintenance/connectors', { connector: 'http', version: '1.0.0', note: null });
  expect((await pollNow(base)).body).toMatchObject({ lastItems: 1, error: null });
  expect((await payloadsOf(id)).map(({ item }) => item)).toEqual([order(2)]);
});

test('a source that the server died of is not asked by itself until the flow is published again', async () => {
  const { base, id } = await publishFlow(ada, flowOf({ trigger: trigger() }));
  await polled(base);
  const database = new Database(join(weft.folder, 'weft.sqlite'));
  database.prepare("update polls set stopped = 1, error = 'It died.', last_at = null, next_at = 0 where flow_id = ?").run(id);
  database.close();
  expect(await stateOf(base)).toMatchObject({ active: true, error: 'It died.', nextAt: null });
  // Another flow's change makes the poller look at who is due.
  const other = await publishFlow(ada, flowOf({ trigger: trigger() }));
  await polled(other.base);
  expect(await stateOf(base)).toMatchObject({ error: 'It died.', lastAt: null });
  const { revision } = (await ada.send<FlowDetail>('GET', base)).body;
  await ada.send('POST', `${base}/publish`, { revision });
  await polled(base);
  expect(await stateOf(base)).toMatchObject({ error: null, nextAt: expect.any(String) as string });
});
