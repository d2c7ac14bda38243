import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FlowDocument } from '@weft/flow';
import type { Json } from '@weft/json-schema';
import { createFlow, flowOf, http, manual, path, publishFlow, text } from '../../test/flow-parts.ts';
import { type LocalService, startService } from '../../test/local-service.ts';
import { type Person, startWeft, type TestWeft } from '../../test/weft.ts';
import type { FlowDetail, Page, ReplayPreview, Retryable, RetryResult, RunDetail, RunSummary } from '@weft/api';

let weft: TestWeft;
let ada: Person;
let service: LocalService;
/** What the service answers with from now on. */
let status = 200;

beforeEach(async () => {
  status = 200;
  service = await startService((call, response) => void response
    .writeHead(call.url === '/erp' ? status : 200, { 'content-type': 'application/json' })
    .end('{"ok":true}'));
  weft = await startWeft();
  ada = await weft.claim();
  await ada.send('PATCH', '/settings', { privateNetworks: [service.hostAndPort] });
});
afterEach(async () => {
  await weft.stop();
  await service.close();
});

const orders = (changes: Partial<FlowDocument['steps']> = {}): FlowDocument =>
  flowOf(
    {
      trigger: manual(),
      look: http({ url: text(`${service.url}/customer`) }, { title: 'Look up the customer', config: { method: 'GET' } }),
      note: http({ url: text(`${service.url}/note`) }, { title: 'Note it' }),
      erp: http({ url: text(`${service.url}/erp`), body: path('trigger', 'body') }, { title: 'Send to the ERP' }),
      ...(changes as FlowDocument['steps']),
    },
    ['trigger → look', 'look → note', 'note → erp'],
  );
const runPath = (runId: string) => `/w/${ada.workspace}/runs/${runId}`;
const finished = async (runId: string): Promise<RunDetail> => {
  const detail = async () => (await ada.send<RunDetail>('GET', runPath(runId))).body;
  await expect.poll(async () => (await detail()).status, { timeout: 10_000 }).toMatch(/succeeded|failed|cancelled|skipped/);
  return detail();
};
const run = async (base: string, payload: Json = { n: 1 }) => finished((await ada.send<{ runId: string }>('POST', `${base}/runs`, { payload })).body.runId);
const replay = (runId: string, from: string, version = 'same') =>
  ada.send<{ runId: string; detail?: string; code?: string }>('POST', `${runPath(runId)}/replay`, { from, version });
const preview = async (runId: string, from: string, version = 'same') =>
  (await ada.send<ReplayPreview>('GET', `${runPath(runId)}/replay?from=${encodeURIComponent(from)}&version=${version}`)).body;
const republish = async (base: string, document: FlowDocument) => {
  const { revision } = (await ada.send<FlowDetail>('GET', base)).body;
  const saved = (await ada.send<{ revision: number }>('PUT', `${base}/draft`, document, { 'if-match': `"${revision}"` })).body;
  expect((await ada.send('POST', `${base}/publish`, { revision: saved.revision })).status).toBe(200);
};

test('a failed run goes on from the step that failed, under the same idempotency key, and both runs know of each other', async () => {
  status = 503;
  const { base } = await publishFlow(ada, orders());
  const failed = await run(base);
  expect(failed.status).toBe('failed');
  status = 200;
  const answer = await replay(failed.id, 'erp');
  const again = await finished(answer.body.runId);
  expect(again).toMatchObject({ status: 'succeeded', replayOf: failed.id, replays: { id: failed.id, stepKey: 'erp', status: 'failed' } });
  expect(again.payload).toEqual(failed.payload);
  expect((await finished(failed.id)).replayedBy).toMatchObject([{ id: again.id, stepKey: 'erp', status: 'succeeded' }]);
  expect(service.calls.map(({ url }) => url)).toEqual(['/customer', '/note', '/erp', '/erp']);
  const keys = service.calls.filter(({ url }) => url === '/erp').map(({ headers }) => headers['idempotency-key']);
  expect(keys).toEqual([`${failed.id}:erp`, `${failed.id}:erp`]);
  const third = await finished((await replay(again.id, 'erp')).body.runId);
  expect(service.calls.at(-1)?.headers['idempotency-key']).toBe(`${failed.id}:erp`);
  expect(third.replays).toMatchObject({ id: again.id });
});

test('before a replay it says which steps call something again, and how that is meant', async () => {
  status = 503;
  const { base } = await publishFlow(ada, orders());
  const failed = await run(base);
  expect(await preview(failed.id, 'look')).toEqual({
    refused: null,
    from: { stepKey: 'look', title: 'Look up the customer' },
    changed: [],
    effects: [
      { stepId: 'look', title: 'Look up the customer', repeat: 'read', done: 1, tried: 0 },
      { stepId: 'note', title: 'Note it', repeat: 'keyed', done: 1, tried: 0 },
      { stepId: 'erp', title: 'Send to the ERP', repeat: 'keyed', done: 0, tried: 1 },
    ],
    anew: [],
    version: 1,
    versions: ['same'],
  });
  expect((await preview(failed.id, 'erp')).effects.map(({ stepId }) => stepId)).toEqual(['erp']);
  expect(await preview(failed.id, 'nobody')).toMatchObject({ refused: expect.stringContaining('no such step') as string });
  expect((await replay(failed.id, 'nobody')).status).toBe(422);
});

test('on the newest version the mended step is used; a changed step before it is done again as well, and that is said', async () => {
  status = 503;
  const { base } = await publishFlow(ada, orders());
  const failed = await run(base);
  status = 200;
  await republish(base, orders({ erp: http({ url: text(`${service.url}/erp`), body: text('mended') }, { title: 'Send to the ERP' }) }));
  expect(await preview(failed.id, 'erp', 'newest')).toMatchObject({ version: 2, versions: ['same', 'newest'], changed: [], from: { stepKey: 'erp' } });
  const again = await finished((await replay(failed.id, 'erp', 'newest')).body.runId);
  expect(again).toMatchObject({ version: 2, status: 'succeeded' });
  expect(service.calls.at(-1)).toMatchObject({ url: '/erp', body: '"mended"' });
  await republish(base, orders({ note: http({ url: text(`${service.url}/elsewhere`) }, { title: 'Note it elsewhere' }) }));
  expect(await preview(failed.id, 'erp', 'newest')).toMatchObject({ from: { stepKey: 'note' }, changed: [{ stepId: 'note', title: 'Note it elsewhere' }] });
  await replay(failed.id, 'erp', 'newest');
  await expect.poll(() => service.calls.slice(-2).map(({ url }) => url)).toEqual(['/elsewhere', '/erp']);
});

test('a test run is replayed on its own document, or on the draft as it is now', async () => {
  status = 503;
  const { base } = await createFlow(ada, orders());
  const document = orders({ erp: http({ url: text(`${service.url}/erp`), body: text('first try') }, { title: 'Send to the ERP' }) });
  const tested = await finished((await ada.send<{ runId: string }>('POST', `${base}/test-run`, { document, payload: {} })).body.runId);
  status = 200;
  expect((await preview(tested.id, 'erp')).versions).toEqual(['same', 'newest']);
  expect(await finished((await replay(tested.id, 'erp', 'newest')).body.runId)).toMatchObject({ mode: 'test', status: 'succeeded' });
  expect(service.calls.at(-1)?.body).not.toContain('first try');
});

test('a run that goes on, and one of a flow that is switched off, are not replayed', async () => {
  const { base } = await publishFlow(ada, orders());
  const done = await run(base);
  await ada.send('PATCH', base, { enabled: false });
  expect((await replay(done.id, 'erp')).body).toMatchObject({ code: 'flow.switched_off' });
});

test('failed runs are retried together; what was retried before or did not fail is left out, and said', async () => {
  status = 503;
  const { base, id } = await publishFlow(ada, orders());
  const failed = [await run(base, 1), await run(base, 2), await run(base, 3)].map((one) => one.id);
  status = 200;
  const fine = await run(base, 4);
  const find = async () => (await ada.send<Retryable>('GET', `/w/${ada.workspace}/retries?flow=${id}`)).body;
  expect(await find()).toEqual({ runs: failed, more: 0, retried: 0 });
  await replay(failed[0] ?? '', 'erp');
  expect(await find()).toMatchObject({ retried: 1 });
  const retry = async (again: boolean, runs = [...failed, fine.id, 'run_gone']) =>
    (await ada.send<RetryResult>('POST', `/w/${ada.workspace}/retries`, { runs, version: 'newest', again })).body;
  const result = await retry(false);
  expect(result.started.map((one) => one.run)).toEqual(failed.slice(1));
  expect(result.skipped.map(({ run: skipped, reason }) => [skipped, reason])).toEqual([[failed[0], 'retried'], [fine.id, 'not_failed'], ['run_gone', 'gone']]);
  for (const { runId } of result.started) expect((await finished(runId)).status).toBe('succeeded');
  expect((await retry(false)).started).toEqual([]);
  expect((await retry(true)).started).toHaveLength(3);
  await ada.send('PATCH', base, { enabled: false });
  expect((await retry(true)).skipped.map(({ reason }) => reason)).toContain('switched_off');
});

test('runs that find no place in a full queue are left out of a retry, which says so, and can be retried later', async () => {
  status = 422;
  const { base, id } = await publishFlow(ada, orders());
  const failed = [await run(base, 1), await run(base, 2), await run(base, 3)].map((one) => one.id);
  status = 200;
  await ada.send('PATCH', base, { paused: true });
  await ada.send('PATCH', '/settings', { queuePerFlow: 2 });
  const retry = async () => (await ada.send<RetryResult>('POST', `/w/${ada.workspace}/retries`, { runs: failed, version: 'newest' })).body;
  const full = await retry();
  expect(full.started.map((one) => one.run)).toEqual(failed.slice(0, 2));
  expect(full.skipped).toMatchObject([{ run: failed[2], reason: 'queue_full', message: expect.stringContaining('wait already') as string }]);
  const listed = (await ada.send<Page<RunSummary>>('GET', `/w/${ada.workspace}/runs?flow=${id}&status=failed`)).body.items;
  expect(listed.map(({ lastReplay }) => lastReplay?.status ?? null)).toEqual([null, 'queued', 'queued']);
  await ada.send('PATCH', base, { paused: false });
  for (const { runId } of full.started) await finished(runId);
  expect((await retry()).started.map((one) => one.run)).toEqual(failed.slice(2));
});

test('runs of another workspace are neither retried nor counted', async () => {
  status = 503;
  const { base } = await publishFlow(ada, orders());
  const failed = await run(base);
  const eve = await weft.someoneElse();
  expect((await eve.send<Retryable>('GET', `/w/${eve.workspace}/retries`)).body.runs).toEqual([]);
  const answer = await eve.send<RetryResult>('POST', `/w/${eve.workspace}/retries`, { runs: [failed.id], version: 'same' });
  expect(answer.body).toMatchObject({ started: [], skipped: [{ run: failed.id, reason: 'gone' }] });
});

test('a run can be named and kept, and is found by its name', async () => {
  const { base } = await publishFlow(ada, orders());
  const { id } = await run(base);
  const named = await ada.send<RunSummary>('PATCH', runPath(id), { name: '  The big order ', pinned: true });
  expect(named.body).toMatchObject({ id, name: 'The big order', pinned: true });
  const found = await ada.send<Page<RunSummary>>('GET', `/w/${ada.workspace}/runs?search=${encodeURIComponent('big order')}`);
  expect(found.body.items).toMatchObject([{ id, name: 'The big order', pinned: true }]);
  expect((await ada.send<RunSummary>('PATCH', runPath(id), { name: '' })).body).toMatchObject({ name: null, pinned: true });
});
