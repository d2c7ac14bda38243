import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '@weft/json-schema';
import type { Step } from '@weft/flow';
import { createFlow, flowOf, path, publishFlow, webhook } from '../../../test/flow-parts.ts';
import { type Person, startWeft, type TestWeft } from '../../../test/weft.ts';
import type { ConnectionSummary, FlowDetail, Rejection, RunDetail } from '@weft/api';

let weft: TestWeft;
let ada: Person;
let connection: string;
const secret = 'a canary nobody may ever see';

beforeAll(async () => {
  weft = await startWeft();
  ada = await weft.claim();
  const made = await ada.send<ConnectionSummary>('POST', `/w/${ada.workspace}/connections`, {
    title: 'Bank',
    connector: 'webhook',
    scheme: 'signing-secret',
    config: {},
    credentials: { secret },
  });
  connection = made.body.id;
});
afterAll(() => weft.stop());

const use = { connector: 'webhook', version: '1.0.0', operation: 'signal' };
const hold = (config?: JsonObject, more: object = { connection }): Step => ({
  kind: 'wait',
  title: 'Wait for payment',
  mode: 'signal',
  key: path('trigger', 'body', 'id'),
  sender: config && { use, config, ...more },
});
const documentOf = (name: string, step: Step) => flowOf({ trigger: webhook({ path: name, respond: 'immediately' }), hold: step }, ['trigger → hold'], name);

const post = (url: string, body: object, headers: Record<string, string> = {}) =>
  fetch(url, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } });
const signature = (body: object, key = secret) => ({ 'x-signature': createHmac('sha256', key).update(JSON.stringify(body)).digest('hex') });
const runOf = async (runId: string) => (await ada.send<RunDetail>('GET', `/w/${ada.workspace}/runs/${runId}`)).body;
const becomes = (runId: string, status: string) => expect.poll(async () => (await runOf(runId)).status).toBe(status);

let count = 0;
async function waiting(config?: JsonObject) {
  const name = `signed-${++count}`;
  const { id, url, base } = await publishFlow(ada, documentOf(name, hold(config)));
  return {
    id,
    base,
    name,
    signalUrl: `${weft.url}/hooks/${ada.workspace}/signals/${id}/hold`,
    async start(key: string): Promise<string> {
      const { runId } = (await (await post(url, { id: key })).json()) as { runId: string };
      await becomes(runId, 'waiting');
      return runId;
    },
    rejections: async () => (await ada.send<Rejection[]>('GET', `${base}/rejections`)).body,
    async republish(step: Step) {
      const { revision } = (await ada.send<FlowDetail>('GET', base)).body;
      const saved = await ada.send<{ revision: number }>('PUT', `${base}/draft`, documentOf(name, step), { 'if-match': `"${revision}"` });
      expect((await ada.send('POST', `${base}/publish`, { revision: saved.body.revision })).status).toBe(200);
    },
  };
}

describe('a signal that must be signed', () => {
  const config = { verify: { by: 'hmac' } };

  test('ends the wait when its sender signed it', async () => {
    const flow = await waiting(config);
    const runId = await flow.start('A-1');
    const body = { paid: true };
    expect((await post(`${flow.signalUrl}?key=A-1`, body, signature(body))).status).toBe(202);
    await becomes(runId, 'succeeded');
  });

  test.each([
    ['is not signed', {}, 'unsigned'],
    ['is signed with a guessed secret', signature({ paid: true }, 'guessed'), 'bad_signature'],
    ['is signed over something else', signature({ paid: false }), 'bad_signature'],
  ])('ends nothing when it %s: 401, the run waits on, the owner is told', async (_what, headers, reason) => {
    const flow = await waiting(config);
    const runId = await flow.start('A-1');
    const answer = await post(`${flow.signalUrl}?key=A-1`, { paid: true }, headers);
    expect(answer.status).toBe(401);
    expect(await answer.text()).not.toMatch(/x-signature|canary/i);
    expect((await runOf(runId)).status).toBe('waiting');
    await expect.poll(flow.rejections).toMatchObject([{ reason, excerpt: '{"paid":true}' }]);
  });

  test('is checked for runs that began before the flow asked for it, and as they began when the step is gone', async () => {
    const flow = await waiting();
    const runId = await flow.start('A-1');
    await flow.republish(hold(config));
    expect((await post(`${flow.signalUrl}?key=A-1`, {})).status).toBe(401);
    const later = await flow.start('A-2');
    await flow.republish({ kind: 'wait', title: 'A minute', mode: 'duration', durationMs: 60_000 });
    expect((await post(`${flow.signalUrl}?key=A-2`, {})).status).toBe(401);
    expect([(await runOf(runId)).status, (await runOf(later)).status]).toEqual(['waiting', 'waiting']);
    const body = { paid: 2 };
    expect((await post(`${flow.signalUrl}?key=A-2`, body, signature(body))).status).toBe(202);
    await becomes(later, 'succeeded');
  });

  test('cannot be published without the secret that it is checked with', async () => {
    const { revision, base } = await createFlow(ada, documentOf('no-secret', hold(config, {})));
    const refused = await ada.send('POST', `${base}/publish`, { revision });
    expect(refused).toMatchObject({ status: 422, body: { code: 'flow.problems', issues: [{ path: ['hold', 'sender', 'connection'] }] } });
  });

  test('keeps its connection from being deleted, and an import from elsewhere is not given one', async () => {
    await waiting(config);
    expect(await ada.send('DELETE', `/w/${ada.workspace}/connections/${connection}`)).toMatchObject({ status: 409, body: { code: 'connection.used' } });
    const { base } = await createFlow(ada, documentOf('imported', hold(config, { connection: 'conn_foreign' })));
    const { draft } = (await ada.send<FlowDetail>('GET', base)).body;
    expect(draft.steps['hold']).toMatchObject({ sender: { use, config } });
    expect(JSON.stringify(draft)).not.toContain('conn_foreign');
  });
});

describe('a signal whose key is in a field of what is sent', () => {
  const config = { key: { in: 'body', field: 'data.order' }, verify: { by: 'hmac' } };

  test('finds its run; a key in the address counts for nothing', async () => {
    const flow = await waiting(config);
    const [one, two] = [await flow.start('7'), await flow.start('8')];
    const body = { data: { order: 7 } };
    expect((await post(`${flow.signalUrl}?key=8`, body, signature(body))).status).toBe(202);
    await becomes(one, 'succeeded');
    expect((await runOf(two)).status).toBe('waiting');
  });

  test.each([{}, { data: null }, { data: { order: '' } }, { data: { order: ['7'] } }])('is refused when the field is missing: %j', async (body) => {
    const flow = await waiting(config);
    const answer = await post(flow.signalUrl, body, signature(body));
    expect([answer.status, await answer.json()]).toEqual([400, { error: expect.stringContaining('data.order') as string }]);
  });

  test('counts once, by the id that its sender gave it', async () => {
    const flow = await waiting({ ...config, eventId: { from: 'body', name: 'event' } });
    await flow.start('7');
    const body = { event: 'e-1', data: { order: 7 } };
    const send = async () => (await post(flow.signalUrl, body, signature(body))).json();
    expect([await send(), await send()]).toEqual([{ accepted: true }, { accepted: true, duplicate: true }]);
  });
});

describe('signals that no run waits for', () => {
  const send = (url: string, key: string, body: object = {}) => post(`${url}?key=${key}`, body);
  async function sendMany(url: string, count: number): Promise<number[]> {
    const statuses: number[] = [];
    while (statuses.length < count) {
      const batch = Array.from({ length: Math.min(50, count - statuses.length) }, (_, index) => send(url, `early-${statuses.length + index}`));
      statuses.push(...(await Promise.all(batch)).map(({ status }) => status));
    }
    return statuses;
  }

  test('are kept until there are a thousand of a flow; one that a run waits for always comes through', async () => {
    const flow = await waiting();
    const runId = await flow.start('A-1');
    const statuses = await sendMany(flow.signalUrl, 1_040);
    expect(statuses.filter((status) => status === 202)).toHaveLength(1_000);
    expect(statuses.filter((status) => status === 429)).toHaveLength(40);
    const refused = await send(flow.signalUrl, 'late');
    expect([refused.headers.get('retry-after'), await refused.json()]).toEqual(['30', { error: expect.stringContaining('no run waits') as string }]);
    expect((await send(flow.signalUrl, 'A-1')).status).toBe(202);
    await becomes(runId, 'succeeded');
    // A run that takes one of them makes room.
    const { runId: early } = (await (await post(`${weft.url}/hooks/${ada.workspace}/${flow.name}`, { id: 'early-0' })).json()) as { runId: string };
    await becomes(early, 'succeeded');
    expect((await send(flow.signalUrl, 'late')).status).toBe(202);
  });

  test('are refused when together they bring more than is kept', async () => {
    const flow = await waiting();
    const large = { text: 'x'.repeat(4_900_000) };
    const statuses = await Promise.all(['1', '2', '3', '4', '5'].map(async (key) => (await send(flow.signalUrl, key, large)).status));
    expect(statuses.toSorted()).toEqual([202, 202, 202, 429, 429]);
    expect((await send(flow.signalUrl, 'small')).status).toBe(202);
  });
});
