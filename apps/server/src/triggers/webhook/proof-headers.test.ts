import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Json, JsonObject } from '@weft/json-schema';
import type { ConnectionSummary, FlowDetail } from '@weft/api';
import { createFlow, flowOf, publishFlow, webhook } from '../../../test/flow-parts.ts';
import { type EventReader, liveEvents } from '../../../test/live-events.ts';
import { type Person, startWeft, type TestWeft } from '../../../test/weft.ts';

const secret = 'a canary nobody may ever see';

let weft: TestWeft;
let ada: Person;
let connection: string;
let events: EventReader;

beforeAll(async () => {
  weft = await startWeft();
  ada = await weft.claim();
  const made = await ada.send<ConnectionSummary>('POST', `/w/${ada.workspace}/connections`, {
    title: 'Shop',
    connector: 'webhook',
    scheme: 'signing-secret',
    config: {},
    credentials: { secret },
  });
  connection = made.body.id;
  events = await liveEvents(ada, weft.url);
});
afterAll(async () => {
  events.close();
  await weft.stop();
});

/** A flow whose calls are checked with the secret in the connection. */
const checked = (path: string, config: Record<string, Json>) => {
  const trigger = { ...webhook({ path, ...config }), connection };
  return flowOf({ trigger });
};
const call = (path: string, headers: Record<string, string>, method = 'POST') =>
  fetch(`${weft.url}/hooks/${ada.workspace}/${path}`, { method, body: '{"order":1}', headers: { 'content-type': 'application/json', ...headers } });

/** The headers that whoever listens is shown. */
async function shown(flowId: string): Promise<JsonObject> {
  const { payload } = await events.next('captured', (event) => event.flowId === flowId);
  return (payload as { headers: JsonObject }).headers;
}

/** A run that the published version starts from the same call keeps a header that only the draft names: to that version it is a header as any other. */
const allShown = (): string => JSON.stringify(events.seen.filter(({ type }) => type === 'captured'));

async function changeDraft(base: string, document: object): Promise<void> {
  const { revision } = (await ada.send<FlowDetail>('GET', base)).body;
  expect((await ada.send('PUT', `${base}/draft`, document, { 'if-match': `"${revision}"` })).status).toBe(200);
}

test.each([
  ['a draft', { verify: { by: 'token', header: 'X-Shop-Key' } }, { 'x-shop-key': secret }],
  ['a draft whose sender is known', { verify: { by: 'github' } }, { 'x-hub-signature-256': secret }],
  ['a draft that names no header for its token', { verify: { by: 'token' } }, { 'x-webhook-token': secret }],
])('a call that is shown to whoever listens for %s has lost what proves who sent it', async (_what, config, headers) => {
  const path = `shown-${Object.keys(headers)[0]}`;
  const draft = await createFlow(ada, checked(path, config));
  await ada.send('POST', `${draft.base}/listen`);
  expect((await call(path, headers)).status).toBe(202);
  expect(await shown(draft.id)).toMatchObject({ 'content-type': 'application/json' });
  expect(allShown()).not.toContain('canary');
});

test('so has one that is shown for a flow that is switched off, or called in another way than it listens for', async () => {
  const live = await publishFlow(ada, checked('off', { verify: { by: 'token', header: 'X-Old-Key' } }));
  // The draft has moved on to another header; the published version still names the old one.
  await changeDraft(live.base, checked('off', { verify: { by: 'token', header: 'X-New-Key' } }));
  await ada.send('POST', `${live.base}/listen`);
  expect((await call('off', { 'x-old-key': secret, 'x-new-key': secret }, 'PUT')).status).toBe(202);
  await shown(live.id);
  await ada.send('PATCH', live.base, { enabled: false });
  await ada.send('POST', `${live.base}/listen`);
  expect((await call('off', { 'x-old-key': secret, 'x-new-key': secret })).status).toBe(202);
  await shown(live.id);
  expect(allShown()).not.toContain('canary');
});

test('so has one that runs and is shown, by what the published version and the draft name now', async () => {
  const live = await publishFlow(ada, checked('runs', { verify: { by: 'token', header: 'X-Old-Key' }, respond: 'immediately' }));
  await ada.send('POST', `${live.base}/listen`);
  await changeDraft(live.base, checked('runs', { verify: { by: 'token', header: 'X-New-Key' } }));
  expect((await call('runs', { 'x-old-key': secret, 'x-new-key': secret })).status).toBe(202);
  await shown(live.id);
  expect(allShown()).not.toContain('canary');
});

test('a token in a header that is known for tokens is hidden before anybody has said who may call', async () => {
  const draft = await createFlow(ada, flowOf({ trigger: webhook({ path: 'undecided' }) }));
  await ada.send('POST', `${draft.base}/listen`);
  expect((await call('undecided', { 'x-gitlab-token': secret, 'x-webhook-token': secret, 'x-telegram-bot-api-secret-token': secret })).status).toBe(202);
  expect(await shown(draft.id)).toMatchObject({ 'x-gitlab-token': '••••••', 'x-webhook-token': '••••••' });
  expect(allShown()).not.toContain('canary');
});
