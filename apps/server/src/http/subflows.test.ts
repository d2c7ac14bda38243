import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CallableFlow, FlowDocument, Step } from '@weft/flow';
import type { Json } from '@weft/json-schema';
import { createFlow, flowOf, http, manual, mapping, path, publishFlow, respond, text } from '../../test/flow-parts.ts';
import { type LocalService, startService } from '../../test/local-service.ts';
import { type Person, startWeft, type TestWeft } from '../../test/weft.ts';
import type { FlowChoice, FlowDetail, FlowTitle, Page, ReplayPreview, RunDetail, RunSummary, StepTest } from '@weft/api';

let weft: TestWeft;
let ada: Person;
let service: LocalService;
let status = 200;

beforeEach(async () => {
  status = 200;
  service = await startService((_call, response, count) => void response
    .writeHead(status, { 'content-type': 'application/json' })
    .end(JSON.stringify({ score: count })));
  weft = await startWeft();
  ada = await weft.claim();
  await ada.send('PATCH', '/settings', { privateNetworks: [service.hostAndPort] });
});
afterEach(async () => {
  await weft.stop();
  await service.close();
});

const described = {
  output: { type: 'object' as const, properties: { body: { type: 'object' as const, properties: { id: { type: 'string' as const } }, required: ['id'] } } },
};
const scoring = (answer: Json = 'scored'): FlowDocument =>
  flowOf(
    {
      trigger: { ...manual(), schemas: described },
      score: http({ url: text(`${service.url}/score`), body: path('trigger', 'body', 'id') }, { title: 'Score it' }),
      answer: respond({ 'body.score': path('score', 'body', 'score'), 'body.word': text(answer) }),
    },
    ['trigger → score', 'score → answer'],
    'Score a customer',
  );
const call = (flow: string, changes: object = {}): Step => ({
  kind: 'subflow',
  title: 'Score the customer',
  flow,
  input: mapping({ id: path('trigger', 'body', 'customer') }),
  ...changes,
});
const calling = (flow: string, title = 'Orders') => flowOf({ trigger: manual(), check: call(flow) }, ['trigger → check'], title);

const runPath = (runId: string) => `/w/${ada.workspace}/runs/${runId}`;
const detail = async (runId: string) => (await ada.send<RunDetail>('GET', runPath(runId))).body;
const finished = async (runId: string): Promise<RunDetail> => {
  await expect.poll(async () => (await detail(runId)).status, { timeout: 10_000 }).toMatch(/succeeded|failed|cancelled|skipped/);
  return detail(runId);
};
const run = async (base: string, payload: Json = { customer: 'C7' }) =>
  finished((await ada.send<{ runId: string }>('POST', `${base}/runs`, { payload })).body.runId);
const outputOf = ({ entries }: RunDetail, stepKey: string) => entries.findLast((entry) => entry.stepKey === stepKey)?.output;
const republish = async (base: string, document: FlowDocument) => {
  const { revision } = (await ada.send<FlowDetail>('GET', base)).body;
  const saved = (await ada.send<{ revision: number }>('PUT', `${base}/draft`, document, { 'if-match': `"${revision}"` })).body;
  expect((await ada.send('POST', `${base}/publish`, { revision: saved.revision })).status).toBe(200);
};

test('a flow calls another one and goes on with its answer; both runs lead to each other', async () => {
  const called = await publishFlow(ada, scoring());
  const { base } = await publishFlow(ada, calling(called.id));
  const parent = await run(base);
  expect(parent.status).toBe('succeeded');
  expect(outputOf(parent, 'check')).toEqual({ score: 1, word: 'scored' });
  const childId = parent.entries.find(({ wait }) => wait)?.wait?.signals[0]?.key ?? '';
  const child = await detail(childId);
  expect(child).toMatchObject({ flowId: called.id, version: 1, status: 'succeeded', payload: { body: { id: 'C7' } } });
  expect(child.parent).toMatchObject({ id: parent.id, stepKey: 'check', flowTitle: 'Orders', status: 'succeeded' });
});

test('publishing pins what is called: a newer version is called once the caller is published again', async () => {
  const called = await publishFlow(ada, scoring('one'));
  const caller = await publishFlow(ada, calling(called.id));
  await republish(called.base, scoring('two'));
  expect(outputOf(await run(caller.base), 'check')).toMatchObject({ word: 'one' });
  expect((await ada.send<FlowDetail>('GET', caller.base)).body.unpublishedChanges).toBe(false);
  await republish(caller.base, calling(called.id));
  expect(outputOf(await run(caller.base), 'check')).toMatchObject({ word: 'two' });
});

test('a test run calls the draft, as a test run', async () => {
  const called = await createFlow(ada, scoring('draft'));
  const { base } = await createFlow(ada, calling(called.id));
  const { runId } = (await ada.send<{ runId: string }>('POST', `${base}/test-run`, { document: calling(called.id), payload: { customer: 'C7' } })).body;
  const parent = await finished(runId);
  expect(outputOf(parent, 'check')).toMatchObject({ word: 'draft' });
  const { items } = (await ada.send<Page<RunSummary>>('GET', `/w/${ada.workspace}/runs?flow=${called.id}`)).body;
  expect(items).toMatchObject([{ mode: 'test', version: null }]);
  const alone = await ada.send<StepTest>('POST', `${base}/test-step`, {
    document: calling(called.id),
    stepId: 'check',
    scope: { trigger: { body: { customer: 'C7' } } },
  });
  expect(alone.body).toMatchObject({ status: 'succeeded', input: { id: 'C7' }, output: { word: 'draft' } });
  // It leaves nothing behind in the history.
  expect((await ada.send<Page<RunSummary>>('GET', `/w/${ada.workspace}/runs`)).body.items).toHaveLength(2);
});

test('a step that calls a flow is tried with what that flow says: its failure, its wait, or that it goes in a circle', async () => {
  const called = await createFlow(ada, scoring());
  const caller = await createFlow(ada, calling(called.id));
  const tryIt = async (document = calling(called.id)) => ada.send<StepTest & { detail: string }>('POST', `${caller.base}/test-step`, {
    document,
    stepId: 'check',
    scope: { trigger: { body: { customer: 'C7' } } },
  });
  status = 400;
  expect((await tryIt()).body).toMatchObject({ status: 'failed', error: { message: expect.stringContaining('400') as string } });

  const asking: Step = { kind: 'approval', title: 'Ask', question: 'May it?', assignees: { users: [], roles: ['owner'] } };
  const waiting = await createFlow(ada, flowOf({ trigger: manual(), asking }, ['trigger → asking'], 'Ask first'));
  expect(await tryIt(calling(waiting.id))).toMatchObject({ status: 422, body: { code: 'step.waits' } });

  const circle = await createFlow(ada, calling(caller.id, 'Calls back'));
  expect((await tryIt(calling(circle.id))).body).toMatchObject({ status: 'failed', error: { message: expect.stringContaining('calling itself') as string } });

  await ada.send('PUT', '/maintenance/connectors', { connector: 'http', version: '1.0.0', note: 'It sends twice.' });
  const calls = service.calls.length;
  expect((await tryIt()).body).toMatchObject({ status: 'failed', error: { message: expect.stringContaining('“It sends twice”') as string } });
  expect(service.calls).toHaveLength(calls);
});

test('what cannot be called is not published, and a circle is refused', async () => {
  const called = await createFlow(ada, scoring());
  const caller = await createFlow(ada, calling(called.id));
  const publish = (flow: { base: string; revision: number }) => ada.send('POST', `${flow.base}/publish`, { revision: flow.revision });
  expect((await publish(caller)).body.detail).toContain('“Score a customer” is not published yet');
  expect((await publish(called)).status).toBe(200);
  expect((await publish(caller)).status).toBe(200);
  const saved = (await ada.send<{ revision: number }>('PUT', `${called.base}/draft`, calling(caller.id, 'Score a customer'), { 'if-match': '"1"' })).body;
  expect((await publish({ ...called, revision: saved.revision })).body.detail).toContain('which would never end');
  const { runId } = (await ada.send<{ runId: string }>('POST', `${called.base}/test-run`, { document: calling(caller.id), payload: {} })).body;
  const test = await finished(runId);
  expect(test).toMatchObject({ status: 'failed', error: { message: expect.stringContaining('would never end') as string } });
});

test('a called flow that fails fails the step; replayed, it is called again under the same key', async () => {
  const called = await publishFlow(ada, scoring());
  const { base } = await publishFlow(ada, calling(called.id));
  status = 500;
  const failed = await run(base);
  expect(failed).toMatchObject({ status: 'failed', error: { stepKey: 'check' } });
  status = 200;
  const preview = (await ada.send<ReplayPreview>('GET', `${runPath(failed.id)}/replay?from=check`)).body;
  expect(preview.effects).toEqual([{ stepId: 'check', title: 'Score the customer', repeat: 'keyed', done: 0, tried: 1 }]);
  const { runId } = (await ada.send<{ runId: string }>('POST', `${runPath(failed.id)}/replay`, { from: 'check', version: 'same' })).body;
  expect(await finished(runId)).toMatchObject({ status: 'succeeded' });
  const keys = service.calls.map(({ headers }) => headers['idempotency-key']);
  expect(new Set(keys).size).toBe(1);
});

test('a flow of another workspace is neither listed nor called, and an import forgets it', async () => {
  const eve = await weft.someoneElse();
  const theirs = await createFlow(eve, scoring());
  expect((await ada.send<FlowChoice[]>('GET', `/w/${ada.workspace}/callable-flows`)).body).toEqual([]);
  expect((await ada.send<CallableFlow[]>('GET', `/w/${ada.workspace}/called-flows?ids=${theirs.id}`)).body).toEqual([]);
  const imported = await createFlow(ada, calling(theirs.id));
  const { draft } = (await ada.send<FlowDetail>('GET', imported.base)).body;
  expect(draft.steps['check']).toMatchObject({ flow: '' });
  const { runId } = (await ada.send<{ runId: string }>('POST', `${imported.base}/test-run`, { document: calling(theirs.id), payload: {} })).body;
  expect(await finished(runId)).toMatchObject({ status: 'failed', error: { message: expect.stringContaining('does not exist') as string } });
});

test('flows are offered to be called by what starts them, found by their title, and know who calls them', async () => {
  const choices = async (search = '') =>
    (await ada.send<FlowChoice[]>('GET', `/w/${ada.workspace}/callable-flows?search=${encodeURIComponent(search)}`)).body.map(({ title }) => title);
  const callers = async (base: string) => (await ada.send<FlowTitle[]>('GET', `${base}/callers`)).body;
  const scored = await publishFlow(ada, scoring());
  const timed = await createFlow(
    ada,
    flowOf(
      { trigger: {
        kind: 'trigger',
        title: 'Daily',
        use: { connector: 'schedule', version: '1.0.0', operation: 'cron' },
        config: { cron: '0 3 * * *', timezone: 'UTC' },
      } },
      [],
      'Every night',
    ),
  );
  await createFlow(ada, flowOf({}, [], 'Nothing yet'));
  const caller = await createFlow(ada, calling(scored.id, 'ÜBERWEISUNG'));
  expect(await choices()).toEqual(['Score a customer', 'ÜBERWEISUNG']);
  expect(await choices('überw')).toEqual(['ÜBERWEISUNG']);
  expect(await callers(scored.base)).toEqual([{ id: caller.id, title: 'ÜBERWEISUNG' }]);
  expect(await callers(timed.base)).toEqual([]);

  // What is published counts, not the draft after it.
  expect((await ada.send('POST', `${caller.base}/publish`, { revision: 1 })).status).toBe(200);
  const draft = flowOf({ trigger: manual() }, [], 'ÜBERWEISUNG');
  const { revision } = (await ada.send<{ revision: number }>('PUT', `${caller.base}/draft`, draft, { 'if-match': '"1"' })).body;
  expect(await callers(scored.base)).toHaveLength(1);
  expect((await ada.send('POST', `${caller.base}/publish`, { revision })).status).toBe(200);
  expect(await callers(scored.base)).toEqual([]);

  // Before it is published, its draft does.
  const { revision: saved } = (await ada.send<{ revision: number }>('PUT', `${timed.base}/draft`, calling(scored.id, 'By hand'), { 'if-match': '"1"' })).body;
  expect(saved).toBe(2);
  expect(await choices('by hand')).toEqual(['By hand']);
  expect(await callers(scored.base)).toMatchObject([{ title: 'By hand' }]);
  expect((await ada.send('DELETE', timed.base)).status).toBe(204);
  expect(await callers(scored.base)).toEqual([]);
});

test('every flow says what it takes, what it answers and whom it calls', async () => {
  const called = await publishFlow(ada, scoring());
  const caller = await createFlow(
    ada,
    flowOf({ trigger: manual(), check: call(called.id), answer: respond({ body: path('check') }) }, ['trigger → check', 'check → answer'], 'Orders'),
  );
  const asked = (await ada.send<CallableFlow[]>('GET', `/w/${ada.workspace}/called-flows?ids=${caller.id},nothing`)).body;
  expect(asked).toMatchObject([
    {
      id: caller.id,
      title: 'Orders',
      published: null,
      callable: true,
      calls: [called.id],
      repeat: 'keyed',
      output: { properties: { word: { type: 'string' } } },
    },
    { id: called.id, title: 'Score a customer', published: 1, calls: [], input: { required: ['id'] }, output: { properties: { word: { type: 'string' } } } },
  ]);
});
