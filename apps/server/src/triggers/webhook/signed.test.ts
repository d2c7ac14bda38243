import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Json } from '@weft/json-schema';
import { createFlow, flowOf, path, respond, webhook } from '../../../test/flow-parts.ts';
import type { ConnectionSummary, FlowDetail, Page, Rejection, RunSummary } from '@weft/api';
import { type Person, startWeft, type TestWeft } from '../../../test/weft.ts';

let weft: TestWeft;
let ada: Person;
const secret = 'a canary nobody may ever see';

beforeAll(async () => {
  weft = await startWeft();
  ada = await weft.claim();
});
afterAll(() => weft.stop());

interface SignedFlow {
  base: string;
  url: string;
  connection: string;
  runs(): Promise<RunSummary[]>;
  rejections(): Promise<Rejection[]>;
}

/** A published flow whose calls are checked. */
async function signed(name: string, config: Record<string, Json>, key = secret): Promise<SignedFlow> {
  const made = await ada.send<ConnectionSummary>('POST', `/w/${ada.workspace}/connections`, {
    title: name, connector: 'webhook', scheme: 'signing-secret', config: {}, credentials: { secret: key },
  });
  const trigger = { ...webhook({ path: name, ...config }), connection: made.body.id };
  const { id, revision, base } = await createFlow(ada, flowOf({ trigger, respond: respond({ body: path('trigger', 'headers') }) }, ['trigger → respond']));
  const published = await ada.send<FlowDetail>('POST', `${base}/publish`, { revision });
  expect(published.status).toBe(200);
  return {
    base,
    url: published.body.webhookUrl ?? '',
    connection: made.body.id,
    runs: async () => (await ada.send<Page<RunSummary>>('GET', `/w/${ada.workspace}/runs?flow=${id}`)).body.items,
    rejections: async () => (await ada.send<Rejection[]>('GET', `${base}/rejections`)).body,
  };
}

const post = (url: string, body: string, headers: Record<string, string> = {}) =>
  fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });

const hmac = (text: string, { algorithm = 'sha256', encoding = 'hex' as 'hex' | 'base64', key = secret as string | Buffer } = {}) =>
  createHmac(algorithm, key).update(text).digest(encoding);

const seconds = (agoMs = 0) => String(Math.floor((Date.now() - agoMs) / 1_000));
const body = '{"id":"evt_1","order":"A-1"}';

test('a call that GitHub signed runs the flow; its signature does not enter the run', async () => {
  const flow = await signed('github', { verify: { by: 'github' } });
  const answer = await post(flow.url, body, { 'x-hub-signature-256': `sha256=${hmac(body)}`, 'x-github-delivery': 'd-1' });
  expect(answer.status).toBe(200);
  expect(await answer.json()).not.toHaveProperty('x-hub-signature-256');
  expect(await flow.runs()).toHaveLength(1);
});

test.each([
  ['unsigned', {}, 'unsigned'],
  ['signed with another secret', { 'x-hub-signature-256': `sha256=${hmac(body, { key: 'guessed' })}` }, 'bad_signature'],
  ['signed over another body', { 'x-hub-signature-256': `sha256=${hmac(`${body} `)}` }, 'bad_signature'],
  ['signed with half a signature', { 'x-hub-signature-256': `sha256=${hmac(body).slice(0, 32)}` }, 'bad_signature'],
  ['signed with too long a signature', { 'x-hub-signature-256': `sha256=${hmac(body)}00` }, 'bad_signature'],
  ['signed with an empty signature', { 'x-hub-signature-256': 'sha256=' }, 'bad_signature'],
  ['signed with another algorithm', { 'x-hub-signature-256': `sha1=${hmac(body, { algorithm: 'sha1' })}` }, 'bad_signature'],
  ['signed with no hexadecimal text', { 'x-hub-signature-256': `sha256=${'zz'.repeat(32)}` }, 'bad_signature'],
])('a call that is %s gets 401, starts no run and is kept for the owner', async (_what, headers, reason) => {
  const flow = await signed(`refused-${reason.replace('_', '-')}-${Math.random().toString(36).slice(2, 8)}`, { verify: { by: 'github' } });
  const answer = await post(flow.url, body, headers);
  expect(answer.status).toBe(401);
  expect(await answer.text()).not.toMatch(/secret in the connection|x-hub|canary/i);
  expect(await flow.runs()).toEqual([]);
  await expect.poll(flow.rejections).toMatchObject([{ reason, excerpt: body }]);
});

test('an unsigned call is refused before its body is read as JSON', async () => {
  const flow = await signed('before-json', { verify: { by: 'github' } });
  expect((await post(flow.url, '{"broken')).status).toBe(401);
});

/** What each sender writes down, by its own documentation. */
const signers: Record<string, (text: string, at: string, id: string) => Record<string, string>> = {
  stripe: (text, at) => ({ 'stripe-signature': `t=${at},v1=${hmac('other')},v1=${hmac(`${at}.${text}`)},v0=old` }),
  slack: (text, at) => ({ 'x-slack-request-timestamp': at, 'x-slack-signature': `v0=${hmac(`v0:${at}:${text}`)}` }),
  standard: (text, at, id) => ({
    'webhook-id': id,
    'webhook-timestamp': at,
    'webhook-signature':
      `v1,${hmac('other', { encoding: 'base64' })} v1,${hmac(`${id}.${at}.${text}`, { encoding: 'base64', key: Buffer.from('a key of bytes') })}`,
  }),
  shopify: (text, _at, id) => ({ 'x-shopify-event-id': id, 'x-shopify-hmac-sha256': hmac(text, { encoding: 'base64' }) }),
};

test.each(Object.keys(signers))('a call that %s signed is accepted; a changed, an old and an early one are not', async (by) => {
  const flow = await signed(`from-${by}`, { verify: { by } }, by === 'standard' ? `whsec_${Buffer.from('a key of bytes').toString('base64')}` : secret);
  const sign = signers[by] ?? (() => ({}));
  expect((await post(flow.url, body, sign(body, seconds(), 'e-1'))).status).toBe(200);
  expect((await post(flow.url, `${body} `, sign(body, seconds(), 'e-2'))).status).toBe(401);
  if (by === 'shopify') return;
  expect((await post(flow.url, body, sign(body, seconds(4 * 60_000), 'e-3'))).status).not.toBe(401);
  expect((await post(flow.url, body, sign(body, seconds(6 * 60_000), 'e-4'))).status).toBe(401);
  expect((await post(flow.url, body, sign(body, seconds(-6 * 60_000), 'e-5'))).status).toBe(401);
  await expect.poll(async () => (await flow.rejections()).map(({ reason }) => reason)).toEqual(['too_old', 'too_old', 'bad_signature']);
});

test('the time of a call cannot be swapped, and nothing is said about the time of a call that is not the sender’s', async () => {
  const flow = await signed('swapped-time', { verify: { by: 'slack' } });
  const old = seconds(6 * 60_000);
  const recorded = { 'x-slack-signature': `v0=${hmac(`v0:${old}:${body}`)}` };
  expect((await post(flow.url, body, { ...recorded, 'x-slack-request-timestamp': seconds() })).status).toBe(401);
  expect((await post(flow.url, body, { ...recorded })).status).toBe(401);
  expect((await post(flow.url, body, { 'x-slack-signature': 'v0=00', 'x-slack-request-timestamp': old })).status).toBe(401);
  await expect.poll(async () => (await flow.rejections()).map(({ reason }) => reason)).toEqual(['bad_signature', 'bad_signature', 'bad_signature']);
});

test('an event that is sent again starts no run, whatever else differs', async () => {
  const flow = await signed('replayed', { verify: { by: 'stripe' } });
  const sign = signers['stripe'] ?? (() => ({}));
  await post(flow.url, body, sign(body, seconds(60_000), ''));
  const again = await post(flow.url, body, sign(body, seconds(), ''));
  expect(again.status).toBe(202);
  const [run, ...others] = await flow.runs();
  expect([await again.json(), others]).toEqual([{ runId: run?.id }, []]);
});

test.each([
  [
    'SHA-512 in base64 with a prefix',
    { algorithm: 'sha512', encoding: 'base64', prefix: 'sig:' },
    (text: string) => `sig:${hmac(text, { algorithm: 'sha512', encoding: 'base64' })}`,
  ],
  ['SHA-1 in hexadecimal', { algorithm: 'sha1' }, (text: string) => hmac(text, { algorithm: 'sha1' })],
])('another sender may sign with %s', async (name, settings, sign) => {
  const flow = await signed(name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'), { verify: { by: 'hmac', header: 'X-Shop-Signature', ...settings } });
  expect((await post(flow.url, body, { 'x-shop-signature': sign(body) })).status).toBe(200);
  expect((await post(flow.url, body, { 'x-shop-signature': sign('other') })).status).toBe(401);
});

test('another sender may sign the time, in seconds, milliseconds or as a date', async () => {
  const flow = await signed('with-time', { verify: { by: 'hmac', header: 'X-Signature', timestampHeader: 'X-Timestamp' }, eventId: { from: 'none' } });
  const send = (at: string) => post(flow.url, body, { 'x-timestamp': at, 'x-signature': hmac(`${at}.${body}`) });
  const statuses = await Promise.all([seconds(), String(Date.now()), new Date().toISOString()].map(async (at) => (await send(at)).status));
  expect(statuses).toEqual([200, 200, 200]);
  expect((await send(new Date(Date.now() - 6 * 60_000).toISOString())).status).toBe(401);
  expect((await send('yesterday')).status).toBe(401);
});

test('another sender may show a fixed token', async () => {
  const flow = await signed('token', { verify: { by: 'token', header: 'X-Gitlab-Token' } });
  const good = await post(flow.url, body, { 'x-gitlab-token': secret });
  expect([good.status, await good.json()]).toEqual([200, expect.not.objectContaining({ 'x-gitlab-token': secret })]);
  expect((await post(flow.url, body, { 'x-gitlab-token': `${secret}.` })).status).toBe(401);
  expect((await post(flow.url, body)).status).toBe(401);
});

test('the id of an event may stand in a header or in the body, or nowhere', async () => {
  const inBody = await signed('id-in-body', { eventId: { from: 'body', name: 'event.id' } });
  await post(inBody.url, '{"event":{"id":7},"n":1}');
  await post(inBody.url, '{"event":{"id":7},"n":2}');
  await post(inBody.url, '{"event":{"id":8}}');
  await post(inBody.url, '{}');
  await post(inBody.url, '{}');
  expect(await inBody.runs()).toHaveLength(4);
  const inHeader = await signed('id-in-header', { eventId: { from: 'header', name: 'X-Event' } });
  await post(inHeader.url, '{}', { 'x-event': '1' });
  await post(inHeader.url, '{}', { 'x-event': '1' });
  expect(await inHeader.runs()).toHaveLength(1);
  const nowhere = await signed('id-nowhere', { eventId: { from: 'none' } });
  await post(nowhere.url, '{}', { 'idempotency-key': '1' });
  await post(nowhere.url, '{}', { 'idempotency-key': '1' });
  expect(await nowhere.runs()).toHaveLength(2);
});

test('a new secret counts from the next call', async () => {
  const flow = await signed('rotated', { verify: { by: 'github' }, eventId: { from: 'none' } });
  const send = (key: string) => post(flow.url, body, { 'x-hub-signature-256': `sha256=${hmac(body, { key })}` });
  expect((await send(secret)).status).toBe(200);
  await ada.send('PATCH', `/w/${ada.workspace}/connections/${flow.connection}`, { credentials: { secret: 'the next one' } });
  expect((await send(secret)).status).toBe(401);
  expect((await send('the next one')).status).toBe(200);
});

test('a secret of Standard Webhooks that was copied in part is told to the owner, not guessed at', async () => {
  const flow = await signed('half-copied', { verify: { by: 'standard' } }, 'whsec_not base64!');
  expect((await post(flow.url, body, { 'webhook-id': 'm', 'webhook-timestamp': seconds(), 'webhook-signature': 'v1,AAAA' })).status).toBe(401);
  await expect.poll(flow.rejections).toMatchObject([{ reason: 'no_secret', message: expect.stringContaining('base64') as string }]);
});

test('without a connection that holds the secret the flow cannot be published', async () => {
  const draft = await createFlow(ada, flowOf({ trigger: webhook({ path: 'no-secret', verify: { by: 'slack' } }) }));
  const refused = await ada.send('POST', `${draft.base}/publish`, { revision: draft.revision });
  expect([refused.status, refused.body.detail]).toEqual([422, expect.stringContaining('holds the secret')]);
});

const fromGithub = (text: string, id: string) => ({ 'x-hub-signature-256': `sha256=${hmac(text)}`, 'x-github-delivery': id });

test('a recorded call that is sent again under another id starts no run, and is kept for the owner', async () => {
  const flow = await signed('recorded', { verify: { by: 'github' } });
  expect((await post(flow.url, body, fromGithub(body, 'd-1'))).status).toBe(200);
  for (const headers of [
    fromGithub(body, 'd-2'),
    { ...fromGithub(body, 'd-3'), 'x-github-event': 'push' },
    { ...fromGithub(body, 'd-4'), 'x-hub-signature-256': `sha256=${hmac(body).toUpperCase()}` },
  ]) {
    const again = await post(flow.url, body, headers);
    expect([again.status, await again.json()]).toEqual([409, { error: 'This call was received before.' }]);
  }
  const [{ id: runId } = { id: '' }] = await flow.runs();
  const { 'x-github-delivery': _, ...withoutId } = fromGithub(body, '');
  expect(await (await post(flow.url, body, withoutId)).json()).toEqual({ runId, duplicate: true });
  expect(await flow.runs()).toHaveLength(1);
  await expect.poll(async () => (await flow.rejections()).map(({ reason }) => reason)).toEqual(['replayed', 'replayed', 'replayed']);
});

test('a recorded call starts no run after a restart either, and what its sender sends again is still a repeat', async () => {
  const flow = await signed('recorded-before', { verify: { by: 'github' } });
  await post(flow.url, body, fromGithub(body, 'd-1'));
  const [first] = await flow.runs();
  await weft.restart();
  const url = flow.url.replace(/^http:\/\/[^/]*/, weft.url);
  expect((await post(url, body, fromGithub(body, 'd-2'))).status).toBe(409);
  expect(await (await post(url, body, fromGithub(body, 'd-1'))).json()).toEqual({ runId: first?.id });
  expect((await post(url, `${body} `, fromGithub(`${body} `, 'd-3'))).status).toBe(200);
  expect(await flow.runs()).toHaveLength(2);
});

test('many copies of a recorded call at once start one run', async () => {
  const flow = await signed('recorded-at-once', { verify: { by: 'shopify' } });
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      post(flow.url, body, { 'x-shopify-event-id': `e-${index}`, 'x-shopify-hmac-sha256': hmac(body, { encoding: 'base64' }) })),
  );
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array<number>(19).fill(409)]);
  expect(await flow.runs()).toHaveLength(1);
});

test.each<[what: string, config: Record<string, Json>, headers: (id: string) => Record<string, string>]>([
  ['a sender of one’s own whose signature covers no time', { verify: { by: 'hmac' } }, (id) => ({ 'x-signature': hmac(body), 'idempotency-key': id })],
  ['GitHub, where the id is to be believed', { verify: { by: 'github' }, repeats: 'id' }, (id) => fromGithub(body, id)],
  ['GitHub, where every call counts', { verify: { by: 'github' }, eventId: { from: 'none' } }, (id) => fromGithub(body, id)],
  ['a sender with a token', { verify: { by: 'token', header: 'X-Token' }, repeats: 'signature' }, (id) => ({ 'x-token': secret, 'idempotency-key': id })],
])('different events with the same text each start a run: %s', async (what, config, headers) => {
  const flow = await signed(`same-text-${what.length}`, config);
  for (const id of ['e-1', 'e-2']) expect((await post(flow.url, body, headers(id))).status).toBe(200);
  expect(await flow.runs()).toHaveLength(2);
});

test('a sender of one’s own can be recognised by its signature, and is by itself where that covers the time', async () => {
  const chosen = await signed('chosen-signature', { verify: { by: 'hmac' }, repeats: 'signature' });
  const first = { 'x-signature': hmac(body), 'idempotency-key': 'e-1' };
  expect((await post(chosen.url, body, first)).status).toBe(200);
  expect((await post(chosen.url, body, { ...first, 'idempotency-key': 'e-2' })).status).toBe(409);
  const timed = await signed('timed-signature', { verify: { by: 'hmac', timestampHeader: 'X-Time' } });
  const at = seconds();
  const sent = { 'x-signature': hmac(`${at}.${body}`), 'x-time': at };
  expect((await post(timed.url, body, { ...sent, 'idempotency-key': 'e-1' })).status).toBe(200);
  expect((await post(timed.url, body, { ...sent, 'idempotency-key': 'e-2' })).status).toBe(409);
});
