import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFlow, flowOf, path, publishFlow, respond, text, webhook } from '../../../test/flow-parts.ts';
import type { FlowDetail, Page, Rejection, RunDetail, RunSummary } from '@weft/api';
import { type Person, startWeft, type TestWeft } from '../../../test/weft.ts';
import { liveEvents } from '../../../test/live-events.ts';

let weft: TestWeft;
let ada: Person;

beforeAll(async () => {
  weft = await startWeft();
  ada = await weft.claim();
});
afterAll(() => weft.stop());

/** A published flow that answers what it received. */
const echo = (config: Record<string, string>) =>
  publishFlow(ada, flowOf({ trigger: webhook(config), respond: respond({ body: path('trigger') }) }, ['trigger → respond']));

const post = (url: string, body: string, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
  fetch(url, { method: 'POST', body, headers });

const runsOf = async (flowId: string) => (await ada.send<Page<RunSummary>>('GET', `/w/${ada.workspace}/runs?flow=${flowId}`)).body.items;
const rejectionsOf = async (base: string) => (await ada.send<Rejection[]>('GET', `${base}/rejections`)).body;

test('a call runs the flow and gets its answer, and the run is in the history', async () => {
  const { id, url } = await echo({ path: 'echo' });
  const response = await post(`${url}?source=shop&tag=a&tag=b`, '{"order":{"id":12345678901234567890,"price":"4.50"}}', {
    'content-type': 'application/json; charset=utf-8',
    'x-shop': 'north',
    authorization: 'Bearer of secrets',
    cookie: 'session=1',
  });
  expect(response.status).toBe(200);
  const received = (await response.json()) as { headers: object };
  expect(received).toMatchObject({
    method: 'POST',
    query: { source: 'shop', tag: ['a', 'b'] },
    headers: { 'x-shop': 'north' },
    body: { order: { id: '12345678901234567890', price: '4.50' } },
  });
  expect(Object.keys(received.headers)).not.toContain('authorization');
  expect(Object.keys(received.headers)).not.toContain('cookie');
  const [run] = await runsOf(id);
  expect(run).toMatchObject({ status: 'succeeded', mode: 'live', version: 1 });
  const detail = await ada.send<RunDetail>('GET', `/w/${ada.workspace}/runs/${run?.id}`);
  expect(detail.body.entries.map(({ stepKey, kind }) => [stepKey, kind])).toEqual([
    ['trigger', 'succeeded'],
    ['respond', 'succeeded'],
  ]);
  expect(detail.body.answer).toMatchObject({ status: 200, body: { body: { order: { price: '4.50' } } } });
});

test('a flow that answers immediately accepts durably and names the run', async () => {
  const { id, url } = await echo({ path: 'at-once', respond: 'immediately' });
  const response = await post(url, '{}');
  expect(response.status).toBe(202);
  const { runId } = (await response.json()) as { runId: string };
  await expect.poll(async () => (await runsOf(id))[0]).toMatchObject({ id: runId, status: 'succeeded' });
});

test('forms and texts are understood, other methods are not', async () => {
  const { url } = await echo({ path: 'kinds' });
  const bodyOf = async (response: Response) => ((await response.json()) as { body: unknown }).body;
  const form = 'name=Ada+Lovelace&line=1&line=2';
  expect(await bodyOf(await post(url, form, { 'content-type': 'application/x-www-form-urlencoded' }))).toEqual({ name: 'Ada Lovelace', line: ['1', '2'] });
  expect(await bodyOf(await post(url, 'héllo', { 'content-type': 'text/plain' }))).toBe('héllo');
  expect(await bodyOf(await post(url, ''))).toBeNull();
  const upload = { files: { a: { filepath: '/etc/passwd' } } };
  expect(await bodyOf(await post(url, JSON.stringify(upload)))).toEqual(upload);
  const wrong = await fetch(url);
  expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'POST']);
});

test('an event that is sent twice starts one run', async () => {
  const { id, url } = await echo({ path: 'twice' });
  const send = (header: string, value: string) => post(url, '{}', { 'content-type': 'application/json', [header]: value });
  await Promise.all([send('idempotency-key', 'a'), send('idempotency-key', 'a')]);
  const again = await send('idempotency-key', 'a');
  expect(again.status).toBe(202);
  const { runId } = (await again.json()) as { runId: string };
  expect((await runsOf(id)).map((run) => run.id)).toEqual([runId]);
  await send('x-github-delivery', 'd1');
  await send('x-github-delivery', 'd1');
  await send('webhook-id', 'w1');
  expect(await runsOf(id)).toHaveLength(3);
});

test('malformed and hostile bodies are refused with a sentence and kept under the rejected calls', async () => {
  const { id, base, url } = await echo({ path: 'strict' });
  const deep = `${'['.repeat(5_000)}${']'.repeat(5_000)}`;
  const refused = async (body: string) => {
    const response = await post(url, body);
    const { error } = (await response.json()) as { error: string };
    return [response.status, error];
  };
  expect(await refused('{"password": "hunter2", "order": ')).toEqual([400, expect.stringContaining('not valid JSON')]);
  expect(await refused('{"a":{"__proto__":{"admin":true}}}')).toEqual([400, expect.stringContaining('__proto__')]);
  expect(await refused(deep)).toEqual([400, expect.stringContaining('nested')]);
  expect(await rejectionsOf(base)).toMatchObject([
    { reason: 'too_deep' },
    { reason: 'refused_key', excerpt: '{"a":{"__proto__":{"admin":true}}}' },
    { reason: 'malformed_json', excerpt: '{"password": "••••••", "order": ' },
  ]);
  expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
  expect(await runsOf(id)).toEqual([]);
});

test('bodies over the limit are refused, announced or not, also those that unpack to more', async () => {
  const { base, url } = await echo({ path: 'large' });
  await ada.send('PATCH', '/settings', { webhookLimitBytes: 2_000 });
  const announced = await post(url, JSON.stringify({ text: 'x'.repeat(3_000) }));
  expect(announced.status).toBe(413);
  expect(await chunked(url, 'x'.repeat(500), 50)).toBe(413);
  const bomb = await fetch(url, {
    method: 'POST',
    body: gzipSync(JSON.stringify('x'.repeat(1e6))),
    headers: { 'content-encoding': 'gzip', 'content-type': 'application/json' },
  });
  expect(bomb.status).toBe(413);
  expect(await rawStatus(url, 'content-length: nonsense')).toBe(400);
  await ada.send('PATCH', '/settings', { webhookLimitBytes: 5 * 1024 * 1024 });
  expect((await post(url, JSON.stringify({ text: 'x'.repeat(3_000) }))).status).toBe(200);
  const rejections = await rejectionsOf(base);
  expect(rejections.map(({ reason }) => reason)).toEqual(['too_large', 'too_large', 'too_large']);
  // Of what was too large, the beginning shows its owner what it was.
  expect(rejections.map(({ excerpt }) => excerpt.slice(0, 10))).toEqual(['', 'xxxxxxxxxx', '{"text":"x']);
  expect(await rawStatus(url, 'content-length: 99999999')).toBe(413);
});

test('a flood of refused calls at one address hides no refused call at another', async () => {
  const [flooded, quiet] = [await echo({ path: 'flooded' }), await echo({ path: 'not-flooded' })];
  await Promise.all(Array.from({ length: 60 }, () => post(flooded.url, '{')));
  expect((await post(quiet.url, '{"a":')).status).toBe(400);
  await expect.poll(async () => (await rejectionsOf(quiet.base)).map(({ excerpt }) => excerpt)).toEqual(['{"a":']);
});

test('a flow that is switched off or never published answers like an unknown address, and its owner is told', async () => {
  const off = await echo({ path: 'switched-off' });
  await ada.send('PATCH', off.base, { enabled: false });
  const draft = await createFlow(ada, flowOf({ trigger: webhook({ path: 'only-a-draft' }) }));
  const answers = await Promise.all(
    ['switched-off', 'only-a-draft', 'unknown', '../x', '%2e%2e/x', 'ECHO', 'unknown/'].map(async (name) => {
      const response = await post(`${weft.url}/hooks/${ada.workspace}/${name}`, '{}');
      return [response.status, await response.json()];
    }),
  );
  expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(new Set(['[404,{"error":"No published flow listens at this address."}]']));
  expect(await rejectionsOf(off.base)).toMatchObject([{ reason: 'switched_off' }]);
  expect(await rejectionsOf(draft.base)).toMatchObject([{ reason: 'not_published' }]);
  await ada.send('PATCH', off.base, { enabled: true });
  expect((await post(off.url, '{}')).status).toBe(200);
});

test('what a flow answers cannot act on the origin of the product', async () => {
  const page = '<script>document.cookie</script><svg onload="alert(1)">';
  const answer = respond({
    status: text(201),
    body: text(page),
    'headers.content-type': text('text/html'),
    'headers.set-cookie': text('session=stolen'),
    'headers.Content-Security-Policy': text("script-src 'unsafe-inline'"),
    'headers.Strict-Transport-Security': text('max-age=0'),
    'headers.clear-site-data': text('"*"'),
    'headers.X-Lighttpd-Send-File': text('/etc/passwd'),
    'headers.x-broken': text('a\r\nset-cookie: b=c'),
    'headers.x-order': text('A-1'),
  });
  const { id, url } = await publishFlow(ada, flowOf({ trigger: webhook({ path: 'page' }), respond: answer }, ['trigger → respond']));
  const response = await post(url, '{}');
  expect(response.status).toBe(201);
  expect(await response.text()).toBe(page);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'text/html',
    'content-security-policy': expect.stringMatching(/^sandbox;/),
    'x-content-type-options': 'nosniff',
    'x-order': 'A-1',
  });
  for (const name of ['set-cookie', 'strict-transport-security', 'clear-site-data', 'x-lighttpd-send-file', 'x-broken']) {
    expect(response.headers.get(name)).toBeNull();
  }
  // The run says what its caller did not get.
  const [run] = await runsOf(id);
  const { entries } = (await ada.send<RunDetail>('GET', `/w/${ada.workspace}/runs/${run?.id}`)).body;
  expect(entries.find(({ stepKey }) => stepKey === 'respond')?.warnings?.map(({ message }) => message).join('\n')).toMatch(
    /set-cookie[^]*Content-Security-Policy[^]*“x-broken” was left out of the answer: it has a line end/,
  );
});

test('headers of an answer are Latin-1 beside any body, a list is one with commas, and what HTTP cannot carry is said in the run', async () => {
  const answer = respond({ body: text('Łódź'), 'headers.x-name': text('José'), 'headers.x-tags': text(['a', 'b']), 'headers.x-far': text('Łukasz') });
  const { id, url } = await publishFlow(ada, flowOf({ trigger: webhook({ path: 'latin' }), respond: answer }, ['trigger → respond']));
  const response = await post(url, '{}');
  expect([
    response.headers.get('x-name'),
    response.headers.get('x-tags'),
    response.headers.get('x-far'),
    await response.text(),
  ]).toEqual(['José', 'a, b', null, 'Łódź']);
  const [run] = await runsOf(id);
  const { entries } = (await ada.send<RunDetail>('GET', `/w/${ada.workspace}/runs/${run?.id}`)).body;
  expect(entries.find(({ stepKey }) => stepKey === 'respond')?.warnings).toEqual([
    { message: 'The header “x-far” was left out of the answer: “Ł” is no letter that headers carry.' },
  ]);
});

test('a flow without an answer gives 204, a failed one 500 without its insides', async () => {
  const quiet = await publishFlow(ada, flowOf({ trigger: webhook({ path: 'quiet' }) }));
  expect((await post(quiet.url, '{}')).status).toBe(204);
  const stop = { kind: 'stop' as const, title: 'Stop', outcome: 'failed' as const, message: 'inner detail' };
  const failing = await publishFlow(ada, flowOf({ trigger: webhook({ path: 'failing' }), stop }, ['trigger → stop']));
  const failed = await post(failing.url, '{}');
  const body = await failed.text();
  expect([failed.status, body.includes('inner detail')]).toEqual([500, false]);
  expect(JSON.parse(body).runId).toBe((await runsOf(failing.id))[0]?.id);
});

test('a body is read in the character set that it says it has, and refused in one that nobody knows', async () => {
  const { base, url } = await echo({ path: 'charsets' });
  const latin = (type: string) =>
    fetch(url, { method: 'POST', body: Uint8Array.from(Buffer.from('{"town":"Troms\xf8"}', 'latin1')), headers: { 'content-type': type } });
  expect(await (await latin('application/json; charset=ISO-8859-1')).json()).toMatchObject({ body: { town: 'Tromsø' } });
  expect(await (await latin('text/plain;charset="windows-1252"')).json()).toMatchObject({ body: '{"town":"Tromsø"}' });
  expect((await latin('application/json; charset=klingon')).status).toBe(415);
  await expect.poll(async () => (await rejectionsOf(base)).map(({ reason }) => reason)).toEqual(['unsupported_content']);
});

test('listening catches the next call of a draft without running it', async () => {
  const draft = await createFlow(ada, flowOf({ trigger: webhook({ path: 'draft/listens' }) }));
  const events = await liveEvents(ada, weft.url);
  const { body } = await ada.send<{ url: string }>('POST', `${draft.base}/listen`);
  const caught = await post(body.url, '{"password":"hunter2","order":1}');
  expect([caught.status, await caught.json()]).toEqual([202, { captured: true }]);
  expect(await events.next('captured')).toMatchObject({ flowId: draft.id, payload: { method: 'POST', body: { password: '••••••', order: 1 } } });
  expect((await post(body.url, '{}')).status).toBe(404);
  await ada.send('POST', `${draft.base}/listen`);
  await ada.send('DELETE', `${draft.base}/listen`);
  expect((await post(body.url, '{}')).status).toBe(404);
  expect(await runsOf(draft.id)).toEqual([]);
  events.close();
});

test('listening shows the next call of a published flow, and the call runs and is answered as always', async () => {
  const live = await echo({ path: 'live-listens' });
  const events = await liveEvents(ada, weft.url);
  await ada.send('POST', `${live.base}/listen`);
  const caught = await post(live.url, '{"order":1}');
  expect([caught.status, await caught.json()]).toMatchObject([200, { body: { order: 1 } }]);
  expect(await events.next('captured')).toMatchObject({ flowId: live.id, payload: { method: 'POST', body: { order: 1 } } });
  expect(await runsOf(live.id)).toMatchObject([{ status: 'succeeded', mode: 'live' }]);

  // Only the next one: the second call finds nobody listening.
  await post(live.url, '{"order":2}');
  await ada.send('POST', `${live.base}/listen`);
  await post(live.url, '{"order":3}');
  expect(await events.next('captured')).toMatchObject({ payload: { body: { order: 3 } } });
  expect(await runsOf(live.id)).toHaveLength(3);

  // Switched off, nothing would run: it is only shown.
  await ada.send('PATCH', live.base, { enabled: false });
  await ada.send('POST', `${live.base}/listen`);
  const shown = await post(live.url, '{"order":4}');
  expect([shown.status, await shown.json()]).toEqual([202, { captured: true }]);
  expect(await events.next('captured')).toMatchObject({ payload: { body: { order: 4 } } });
  expect(await runsOf(live.id)).toHaveLength(3);
  events.close();
});

test('listening goes on after a call that could not be read, which is kept as rejected', async () => {
  const draft = await createFlow(ada, flowOf({ trigger: webhook({ path: 'listens-on' }) }));
  const { body } = await ada.send<{ url: string }>('POST', `${draft.base}/listen`);
  expect((await post(body.url, '{"a":')).status).toBe(400);
  expect((await post(body.url, '{"a":1}')).status).toBe(202);
  await expect.poll(async () => (await rejectionsOf(draft.base)).map(({ reason }) => reason)).toEqual(['malformed_json']);
});

test('listening never takes a call that belongs to another flow, or to nobody any more', async () => {
  const live = await echo({ path: 'taken' });
  const rival = await createFlow(ada, flowOf({ trigger: webhook({ path: 'taken' }) }));
  const refused = await ada.send('POST', `${rival.base}/listen`);
  expect([refused.status, refused.body]).toEqual([422, expect.objectContaining({ code: 'webhook.path_taken' })]);
  expect((await post(live.url, '{}')).status).toBe(200);

  const gone = await createFlow(ada, flowOf({ trigger: webhook({ path: 'soon-free' }) }));
  const { body } = await ada.send<{ url: string }>('POST', `${gone.base}/listen`);
  await ada.send('DELETE', gone.base);
  expect((await post(body.url, '{}')).status).toBe(404);
});

test('publishing again changes what the next call runs', async () => {
  const { id, base, url } = await echo({ path: 'changing' });
  await post(url, '{}');
  const { revision } = (await ada.send<FlowDetail>('GET', base)).body;
  const next = flowOf({ trigger: webhook({ path: 'changing' }), respond: respond({ body: text('second version') }) }, ['trigger → respond']);
  await ada.send('PUT', `${base}/draft`, next, { 'if-match': String(revision) });
  expect(await (await post(url, '{}')).json()).toMatchObject({ method: 'POST' });
  await ada.send('POST', `${base}/publish`, { revision: revision + 1 });
  expect(await (await post(url, '{}')).text()).toBe('second version');
  expect((await runsOf(id)).map(({ version }) => version)).toEqual([2, 1, 1]);
});

/** Sends parts without a length. @returns the status. */
function chunked(url: string, part: string, parts: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { method: 'POST', headers: { 'content-type': 'text/plain', 'transfer-encoding': 'chunked' } }, (response) => {
      resolve(response.statusCode);
      response.resume();
    });
    // The server may close while parts are still being written.
    request.once('error', reject);
    for (let sent = 0; sent < parts; sent += 1) request.write(part);
    request.end();
  });
}

function rawStatus(url: string, header: string): Promise<number> {
  const { hostname, port, pathname } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(`POST ${pathname} HTTP/1.1\r\nhost: x\r\n${header}\r\n\r\n{}`));
    socket.once('data', (chunk: Buffer) => {
      resolve(Number(chunk.toString().split(' ')[1]));
      socket.destroy();
    });
    socket.once('error', reject);
  });
}
