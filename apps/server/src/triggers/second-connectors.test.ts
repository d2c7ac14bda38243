import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { connectors } from '@weft/connectors';
import { describeConnector } from '@weft/connector-sdk/conformance';
import type { Step } from '@weft/flow';
import type { Json, JsonObject } from '@weft/json-schema';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Backfill, ConnectionSummary, FlowDetail, Page, Rejection, RunDetail, RunSummary, TriggerState } from '@weft/api';
import { createFlow, flowOf, path, publishFlow, respond, webhook } from '../../test/flow-parts.ts';
import { liveEvents } from '../../test/live-events.ts';
import { bank, office, shop } from '../../test/second-connectors.ts';
import { type Person, startWeft, type TestWeft } from '../../test/weft.ts';

describeConnector(shop);
describeConnector(office);
describeConnector(bank);

const key = 'a canary nobody may ever see';

let weft: TestWeft;
let ada: Person;
/** Connections with the secret, by connector. */
let shopKey: string;
let bankToken: string;

beforeAll(async () => {
  weft = await startWeft({ connectors: [...connectors, shop, office, bank], starters: [] });
  ada = await weft.claim();
  shopKey = await connection('shop', 'signing-key', { signingKey: key, secret: 'not this one' });
  bankToken = await connection('bank', 'token', { token: key });
});
afterAll(() => weft.stop());

async function connection(connector: string, scheme: string, credentials: JsonObject): Promise<string> {
  const { status, body } = await ada.send<ConnectionSummary>('POST', `/w/${ada.workspace}/connections`, {
    title: connector,
    connector,
    scheme,
    config: {},
    credentials,
  });
  expect(status).toBe(200);
  return body.id;
}

const runsOf = async (flowId: string) => (await ada.send<Page<RunSummary>>('GET', `/w/${ada.workspace}/runs?flow=${flowId}`)).body.items;
const detailOf = async (runId: string) => (await ada.send<RunDetail>('GET', `/w/${ada.workspace}/runs/${runId}`)).body;
const payloadsOf = async (flowId: string) => Promise.all((await runsOf(flowId)).toReversed().map(async ({ id }) => (await detailOf(id)).payload));
const rejectionsOf = async (base: string) => (await ada.send<Rejection[]>('GET', `${base}/rejections`)).body;

describe('a webhook of another connector, which decides how its calls are signed', () => {
  const trigger = (config: Record<string, Json>, given: string | null = shopKey) => {
    const step = { kind: 'trigger' as const, title: 'Sold', use: { connector: 'shop', version: '2.1.0', operation: 'sold' }, config };
    return given === null ? step : { ...step, connection: given };
  };
  const sale = (number: number, type = 'sale') => JSON.stringify({ type, event: { number } });
  const signed = (body: string, { by = key, at = String(Math.floor(Date.now() / 1_000)) } = {}) => ({
    'x-till-time': at,
    'x-till-proof': `till ${createHmac('sha512', by).update(`${at}\n${body}`).digest('base64')}`,
  });
  const put = (url: string, body: string, headers: Record<string, string> = signed(body)) =>
    fetch(url, { method: 'PUT', body, headers: { 'content-type': 'application/json', ...headers } });

  test('gets its calls: one that is signed runs the flow, and what proves it enters no run', async () => {
    const { id, url } = await publishFlow(ada, flowOf({ trigger: trigger({ path: 'sold' }) }));
    const answer = await put(url, sale(1));
    expect([answer.status, await answer.json()]).toEqual([202, { runId: expect.any(String) as string }]);
    const [run] = await runsOf(id);
    const { payload } = await detailOf(run?.id ?? '');
    expect(payload).toMatchObject({ method: 'PUT', headers: { 'content-type': 'application/json' }, query: {}, body: { type: 'sale', event: { number: 1 } } });
    expect((payload as { headers: object }).headers).not.toHaveProperty('x-till-proof');
  });

  test.each<[string, (body: string) => Record<string, string>, string]>([
    ['is not signed', () => ({}), 'unsigned'],
    ['is signed with another field of the connection', (body) => signed(body, { by: 'not this one' }), 'bad_signature'],
    ['was sent long ago', (body) => signed(body, { at: '1700000000' }), 'too_old'],
  ])('turns away a call that %s', async (_what, headers, reason) => {
    const { id, base, url } = await publishFlow(ada, flowOf({ trigger: trigger({ path: `not-${reason.replace('_', '-')}` }) }));
    expect((await put(url, sale(1), headers(sale(1)))).status).toBe(401);
    expect(await runsOf(id)).toEqual([]);
    await expect.poll(() => rejectionsOf(base)).toMatchObject([{ reason }]);
  });

  test('decides its method, and the user does not', async () => {
    const { url } = await publishFlow(ada, flowOf({ trigger: trigger({ path: 'method' }) }));
    const refused = await fetch(url, { method: 'POST', body: sale(1), headers: signed(sale(1)) });
    expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'PUT']);
    const { revision, base } = await createFlow(ada, flowOf({ trigger: trigger({ path: 'loosened', verify: { by: 'none' } }) }));
    await ada.send('POST', `${base}/publish`, { revision });
    expect((await put(`${weft.url}/hooks/${ada.workspace}/loosened`, sale(1), {})).status).not.toBe(202);
  });

  test('starts one run for an event, by the number that the till gives it', async () => {
    const { id, url } = await publishFlow(ada, flowOf({ trigger: trigger({ path: 'twice' }) }));
    const first = (await (await put(url, sale(7))).json()) as { runId: string };
    expect(await (await put(url, sale(7))).json()).toEqual({ runId: first.runId, duplicate: true });
    await put(url, sale(8));
    expect(await runsOf(id)).toHaveLength(2);
  });

  test('takes only the events that were chosen, and all where none was', async () => {
    const some = await publishFlow(ada, flowOf({ trigger: trigger({ path: 'only-sales', events: ['sale'] }) }));
    const ignored = await put(some.url, sale(1, 'refund'));
    expect([ignored.status, await ignored.json()]).toEqual([202, { ignored: true }]);
    expect((await put(some.url, sale(1, 'refund'), {})).status).toBe(401);
    await put(some.url, sale(1));
    expect(await runsOf(some.id)).toHaveLength(1);
    const all = await publishFlow(ada, flowOf({ trigger: trigger({ path: 'all-events' }) }));
    await put(all.url, sale(1, 'refund'));
    expect(await runsOf(all.id)).toHaveLength(1);
  });

  test('shows the next call to whoever listens, without its proof', async () => {
    const draft = await createFlow(ada, flowOf({ trigger: trigger({ path: 'listens' }) }));
    const events = await liveEvents(ada, weft.url);
    const { body } = await ada.send<{ url: string }>('POST', `${draft.base}/listen`);
    const caught = await put(body.url, sale(1));
    expect([caught.status, await caught.json()]).toEqual([202, { captured: true }]);
    const { payload } = await events.next('captured');
    expect(payload).toMatchObject({ method: 'PUT', body: { type: 'sale' } });
    expect((payload as { headers: object }).headers).not.toHaveProperty('x-till-proof');
    events.close();
  });

  test('tells the owner of a draft about calls that nothing listens for yet', async () => {
    const draft = await createFlow(ada, flowOf({ trigger: trigger({ path: 'too-early' }) }));
    expect((await put(`${weft.url}/hooks/${ada.workspace}/too-early`, sale(1))).status).toBe(404);
    await expect.poll(() => rejectionsOf(draft.base)).toMatchObject([{ reason: 'not_published' }]);
  });

  test('shares one set of addresses with the webhooks of others, and keeps its own while it is switched off', async () => {
    const mine = await publishFlow(ada, flowOf({ trigger: trigger({ path: 'shared' }) }, [], 'Of the shop'));
    const rival = await createFlow(ada, flowOf({ trigger: webhook({ path: 'shared', respond: 'immediately' }) }));
    const publish = () => ada.send('POST', `${rival.base}/publish`, { revision: rival.revision });
    const taken = { status: 422, body: { code: 'webhook.path_taken', detail: expect.stringContaining('“Of the shop”') as string } };
    expect(await publish()).toMatchObject(taken);
    expect(await ada.send('POST', `${rival.base}/listen`)).toMatchObject(taken);
    await ada.send('PATCH', mine.base, { enabled: false });
    expect(await publish()).toMatchObject(taken);
    await ada.send('PATCH', mine.base, { enabled: true });
    expect((await put(mine.url, sale(1))).status).toBe(202);
    await ada.send('DELETE', mine.base);
    expect((await publish()).status).toBe(200);
  });

  test('cannot be published without a connection of its own connector, and believes no other one', async () => {
    const without = await createFlow(ada, flowOf({ trigger: trigger({ path: 'no-key' }, null) }));
    expect(await ada.send('POST', `${without.base}/publish`, { revision: without.revision })).toMatchObject({ status: 422, body: { code: 'flow.problems' } });
    const { base, url } = await publishFlow(ada, flowOf({ trigger: trigger({ path: 'wrong-key' }, bankToken) }));
    expect((await put(url, sale(1))).status).toBe(401);
    await expect.poll(() => rejectionsOf(base)).toMatchObject([{ reason: 'no_secret' }]);
  });

  test('may offer its sender beside others, with settings of its own in place of common ones', async () => {
    const told = (config: Record<string, Json>): Step => ({
      kind: 'trigger',
      title: 'Told',
      use: { connector: 'shop', version: '2.1.0', operation: 'told' },
      config,
      connection: shopKey,
    });
    const flow = async (config: Record<string, Json>) =>
      publishFlow(ada, flowOf({ trigger: told(config), respond: respond({ body: path('trigger', 'body') }) }, ['trigger → respond']));
    const post = (url: string, headers: Record<string, string>) =>
      fetch(url, { method: 'POST', body: sale(1), headers: { 'content-type': 'application/json', ...headers } });
    const open = await flow({ path: 'told-by-anybody' });
    expect(await (await post(open.url, {})).json()).toMatchObject({ type: 'sale' });
    const byTill = await flow({ path: 'told-by-till', verify: { by: 'till' } });
    expect((await post(byTill.url, signed(sale(1)))).status).toBe(200);
    expect((await post(byTill.url, {})).status).toBe(401);
    const byToken = await flow({ path: 'told-by-token', verify: { by: 'token', header: 'X-Word' } });
    expect((await post(byToken.url, { 'x-word': key })).status).toBe(200);
    const unknown = await createFlow(ada, flowOf({ trigger: told({ path: 'told-by-github', verify: { by: 'github' } }) }));
    expect((await ada.send('POST', `${unknown.base}/publish`, { revision: unknown.revision })).status).toBe(422);
  });
});

describe('a schedule of another connector, which decides the time and offers two zones', () => {
  const trigger = (config: Record<string, Json> = {}): Step => ({
    kind: 'trigger',
    title: 'Night',
    use: { connector: 'office', version: '1.0.0', operation: 'night' },
    config,
  });
  const stateOf = async (base: string) => (await ada.send<TriggerState>('GET', `${base}/trigger`)).body;
  const rowOf = (flowId: string) => {
    const database = new Database(join(weft.folder, 'weft.sqlite'));
    const row = database.prepare('select cron, timezone, missed from schedules where flow_id = ?').get(flowId);
    database.close();
    return row;
  };

  test('is kept with its own settings and the defaults that it declares', async () => {
    const oslo = await publishFlow(ada, flowOf({ trigger: trigger() }));
    const newYork = await publishFlow(ada, flowOf({ trigger: trigger({ timezone: 'America/New_York', missed: 'skip', cron: '* * * * *' }) }));
    expect(rowOf(oslo.id)).toEqual({ cron: '30 2 * * *', timezone: 'Europe/Oslo', missed: 'once' });
    expect(rowOf(newYork.id)).toEqual({ cron: '30 2 * * *', timezone: 'America/New_York', missed: 'skip' });
    const [inOslo, inNewYork] = await Promise.all([stateOf(oslo.base), stateOf(newYork.base)]);
    expect([inOslo, inNewYork]).toMatchObject([{ kind: 'schedule', active: true }, { kind: 'schedule', active: true }]);
    expect(inOslo.nextAt).not.toBe(inNewYork.nextAt);
    await ada.send('PATCH', oslo.base, { enabled: false });
    expect(rowOf(oslo.id)).toBeUndefined();
  });

  test('has its ticks: over the change of the clocks each night once, right behind the hour that is left out', async () => {
    const { id, base } = await publishFlow(ada, flowOf({ trigger: trigger() }));
    await ada.send('POST', `${base}/backfills`, { from: '2026-03-28T00:00:00Z', to: '2026-03-30T12:00:00Z' });
    await expect.poll(async () => (await ada.send<Backfill[]>('GET', `${base}/backfills`)).body[0]).toMatchObject({ status: 'done', done: 3 });
    expect(await payloadsOf(id)).toEqual([
      '2026-03-28T01:30:00.000Z', '2026-03-29T01:00:00.000Z', '2026-03-30T00:30:00.000Z',
    ].map((scheduledAt) => ({ scheduledAt })));
  });

  test('starts its run for a night that passed while the server was down', async () => {
    const { id } = await publishFlow(ada, flowOf({ trigger: trigger() }));
    const database = new Database(join(weft.folder, 'weft.sqlite'));
    database.prepare('update schedules set active_since = active_since - 2 * 86400000 where flow_id = ?').run(id);
    database.close();
    await weft.restart();
    await expect.poll(async () => (await runsOf(id)).length).toBe(1);
    expect(await payloadsOf(id)).toEqual([{ scheduledAt: expect.stringMatching(/T0[01]:30:00\.000Z$/) as string }]);
  });
});

describe('a signal of another connector, which decides who sends it and where the key is', () => {
  const use = { connector: 'bank', version: '1.0.0', operation: 'paid' };
  const pay = (url: string, reference: string, headers: Record<string, string> = { 'x-bank-token': key }) =>
    fetch(url, { method: 'POST', body: JSON.stringify({ payment: { reference } }), headers: { 'content-type': 'application/json', ...headers } });

  async function waiting(name: string) {
    const hold: Step = {
      kind: 'wait',
      title: 'Wait for the money',
      mode: 'signal',
      key: path('trigger', 'body', 'id'),
      sender: { use, connection: bankToken },
    };
    const { id, base, url } = await publishFlow(ada, flowOf({ trigger: webhook({ path: name, respond: 'immediately' }), hold }, ['trigger → hold']));
    const started = await fetch(url, { method: 'POST', body: '{"id":"A-1"}', headers: { 'content-type': 'application/json' } });
    const { runId } = (await started.json()) as { runId: string };
    const status = async () => (await detailOf(runId)).status;
    await expect.poll(status).toBe('waiting');
    return { base, status, signalUrl: `${weft.url}/hooks/${ada.workspace}/signals/${id}/hold` };
  }

  test('ends the wait, by the reference in what was sent', async () => {
    const { status, signalUrl } = await waiting('pays');
    expect((await pay(signalUrl, 'A-1')).status).toBe(202);
    await expect.poll(status).toBe('succeeded');
  });

  test('ends nothing without the token, and counts once by the number of the message', async () => {
    const { base, status, signalUrl } = await waiting('pays-not');
    expect((await pay(signalUrl, 'A-1', { 'x-bank-token': 'guessed' })).status).toBe(401);
    expect((await pay(signalUrl, 'A-1', {})).status).toBe(401);
    await expect.poll(async () => (await rejectionsOf(base)).map(({ reason }) => reason)).toEqual(['unsigned', 'bad_signature']);
    expect(await status()).toBe('waiting');
    const send = async () => (await pay(signalUrl, 'A-2', { 'x-bank-token': key, 'x-bank-message': 'm-1' })).json();
    expect([await send(), await send()]).toEqual([{ accepted: true }, { accepted: true, duplicate: true }]);
  });
});

test('what published flows of these connectors show stays their own', async () => {
  const { body } = await ada.send<FlowDetail[]>('GET', `/w/${ada.workspace}/flows`);
  expect(JSON.stringify(body)).not.toContain('canary');
});
