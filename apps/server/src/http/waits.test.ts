import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Step } from '@weft/flow';
import { liveEvents } from '../../test/live-events.ts';
import { flowOf, mapping, path, publishFlow, respond, text, webhook } from '../../test/flow-parts.ts';
import { type Person as Browser, startWeft, type TestWeft } from '../../test/weft.ts';
import { openDatabase } from '../db/open.ts';
import { auditEvents, memberships } from '../db/schema/index.ts';
import type { Approval, Page, Person, Rejection, RunDetail } from '@weft/api';

let weft: TestWeft;
let ada: Browser;
/** A member of Ada's workspace. */
let bob: Browser;

beforeAll(async () => {
  weft = await startWeft();
  ada = await weft.claim();
  bob = await weft.someoneElse('bob@example.com');
  const db = openDatabase(`${weft.folder}/weft.sqlite`);
  db.insert(memberships).values({ workspaceId: ada.workspace, userId: 'usr_bobexamplecom', role: 'member', createdAt: 1 }).run();
  db.$client.close();
});
afterAll(() => weft.stop());

const hold = (changes: object = {}): Step => ({ kind: 'wait', title: 'Wait for payment', mode: 'signal', key: path('trigger', 'body', 'id'), ...changes });
const ask = (changes: object = {}): Step => ({
  kind: 'approval',
  title: 'Ask',
  question: 'May this order go?',
  assignees: { users: [], roles: ['owner'] },
  input: mapping({ total: path('trigger', 'body', 'total'), apiKey: text('canary-secret') }),
  ...changes,
});

const post = (url: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(url, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } });
const runOf = async (runId: string) => (await ada.send<RunDetail>('GET', `/w/${ada.workspace}/runs/${runId}`)).body;
const becomes = (runId: string, status: string) => expect.poll(async () => (await runOf(runId)).status).toBe(status);
const outputOf = async (runId: string, stepKey: string) => (await runOf(runId)).entries.findLast((entry) => entry.stepKey === stepKey)?.output;

let count = 0;
/** A published flow: webhook, one step that waits, an answer. @returns how to start it and where its signal goes. */
async function waiting(step: Step, respondMode = 'immediately') {
  const name = `wait-${++count}`;
  const document = flowOf(
    { trigger: webhook({ path: name, respond: respondMode }), hold: step, respond: respond({ body: path('hold') }) },
    ['trigger → hold', step.kind === 'approval' ? 'hold.approved → respond' : 'hold → respond'],
    name,
  );
  const { id, url, base } = await publishFlow(ada, document);
  return {
    id,
    base,
    url,
    signalUrl: (key: string, stepId = 'hold') => `${weft.url}/hooks/${ada.workspace}/signals/${id}/${stepId}?key=${encodeURIComponent(key)}`,
    async start(body: unknown): Promise<string> {
      const { runId } = (await (await post(url, body)).json()) as { runId: string };
      await becomes(runId, 'waiting');
      return runId;
    },
  };
}

describe('a signal', () => {
  test('moves the run that waits for its key, and no other', async () => {
    const flow = await waiting(hold());
    const [one, two] = [await flow.start({ id: 'ä/1' }), await flow.start({ id: 'b' })];
    const response = await post(flow.signalUrl('ä/1'), { paid: true });
    expect([response.status, await response.json()]).toEqual([202, { accepted: true }]);
    await becomes(one, 'succeeded');
    expect(await outputOf(one, 'hold')).toMatchObject({ payload: { paid: true } });
    expect((await runOf(two)).status).toBe('waiting');
  });

  test('may come before the run, and twice: nothing happens twice', async () => {
    const flow = await waiting(hold());
    const answers = [await post(flow.signalUrl('7'), { n: 1 }), await post(flow.signalUrl('7'), { n: 2 })];
    expect(await Promise.all(answers.map(async (answer) => [answer.status, await answer.json()]))).toEqual([
      [202, { accepted: true }],
      [202, { accepted: true, duplicate: true }],
    ]);
    const { runId } = (await (await post(flow.url, { id: 7 })).json()) as { runId: string };
    await becomes(runId, 'succeeded');
    expect(await outputOf(runId, 'hold')).toMatchObject({ payload: { n: 1 } });
  });

  test('with an id of the sender’s counts once, after it was taken too', async () => {
    const flow = await waiting(hold());
    const first = await flow.start({ id: 'x' });
    await post(flow.signalUrl('x'), {}, { 'idempotency-key': 'payment-9' });
    await becomes(first, 'succeeded');
    const second = await flow.start({ id: 'x' });
    expect(await (await post(flow.signalUrl('x'), {}, { 'idempotency-key': 'payment-9' })).json()).toEqual({ accepted: true, duplicate: true });
    expect((await runOf(second)).status).toBe('waiting');
  });

  test('is heard by a run whose flow was switched off meanwhile', async () => {
    const flow = await waiting(hold());
    const runId = await flow.start({ id: 'off' });
    await ada.send('PATCH', flow.base, { enabled: false });
    expect((await post(flow.signalUrl('nobody'), {})).status).toBe(404);
    expect((await post(flow.signalUrl('off'), {})).status).toBe(202);
    await becomes(runId, 'succeeded');
  });

  test('that nothing could take is refused and kept under the flow’s rejected calls', async () => {
    const flow = await waiting(hold());
    expect((await post(flow.signalUrl('a', 'respond'), {})).status).toBe(404);
    expect((await post(flow.signalUrl(''), {})).status).toBe(400);
    expect((await fetch(flow.signalUrl('a'))).status).toBe(405);
    expect((await fetch(flow.signalUrl('a'), { method: 'POST', body: '{"a":', headers: { 'content-type': 'application/json' } })).status).toBe(400);
    expect((await fetch(flow.signalUrl('a'), { method: 'POST', body: 'x'.repeat(6 << 20) })).status).toBe(413);
    expect((await post(`${weft.url}/hooks/ws_nobody/signals/flow_nobody/hold?key=a`, {})).status).toBe(404);
    const reasons = async () => (await ada.send<Rejection[]>('GET', `${flow.base}/rejections`)).body.map(({ reason }) => reason).toSorted();
    await expect.poll(reasons).toEqual(['malformed_json', 'no_key', 'no_wait', 'too_large', 'wrong_method']);
  });

  test('can be sent by hand, and a wait be ended, once', async () => {
    const flow = await waiting(hold());
    const runId = await flow.start({ id: 'hand' });
    const address = `/w/${ada.workspace}/runs/${runId}/end-wait`;
    expect((await ada.send('POST', address, { stepKey: 'trigger' })).status).toBe(409);
    expect((await ada.send('POST', address, { stepKey: 'hold', payload: { typed: true } })).status).toBe(204);
    await becomes(runId, 'succeeded');
    expect(await outputOf(runId, 'hold')).toMatchObject({ payload: { typed: true } });
    expect((await ada.send('POST', address, { stepKey: 'hold' })).status).toBe(409);
    expect((await bob.send('POST', `/w/${bob.workspace}/runs/${runId}/end-wait`, { stepKey: 'hold' })).status).toBe(404);
  });
});

test('a caller who waits for the answer gets the run’s id as soon as the run waits', async () => {
  const flow = await waiting(hold(), 'when-finished');
  const response = await post(flow.url, { id: 'slow' });
  expect(response.status).toBe(202);
  const { runId } = (await response.json()) as { runId: string };
  await becomes(runId, 'waiting');
});

test('a step that waits is not tried on its own', async () => {
  const flow = await waiting(hold());
  const document = flowOf({ trigger: webhook({ path: 'alone' }), hold: hold({ key: text('a') }) }, ['trigger → hold']);
  const answer = await ada.send<{ detail: string }>('POST', `${flow.base}/test-step`, { document, stepId: 'hold', scope: {} });
  expect([answer.status, answer.body.detail]).toEqual([
    422,
    'This step waits for something outside, so it cannot be tried on its own. Start a test run instead.',
  ]);
});

test('a waiting run that is cancelled is told to open pages', async () => {
  const flow = await waiting(hold());
  const runId = await flow.start({ id: 'watched' });
  const events = await liveEvents(ada, weft.url);
  await ada.send('POST', `/w/${ada.workspace}/runs/${runId}/cancel`);
  expect((await events.next('run', ({ run }) => run.id === runId)).run.status).toBe('cancelled');
  events.close();
});

test('waiting runs are found in the history', async () => {
  const flow = await waiting(hold());
  const runId = await flow.start({ id: 'listed' });
  const found = (await ada.send<Page<{ id: string }>>('GET', `/w/${ada.workspace}/runs?status=waiting&flow=${flow.id}`)).body.items;
  expect(found.map(({ id }) => id)).toEqual([runId]);
});

test('people of the workspace are listed for who works there', async () => {
  const people = (await ada.send<Person[]>('GET', `/w/${ada.workspace}/people`)).body;
  expect(people.map(({ email, role }) => [email, role])).toEqual([
    ['ada@example.com', 'owner'],
    ['bob@example.com', 'member'],
  ]);
});

describe('an approval', () => {
  const listed = async (who: Browser, query = '') => (await who.send<Page<Approval>>('GET', `/w/${ada.workspace}/approvals${query}`)).body.items;
  const openFor = async (who: Browser) => (await who.send<{ open: number }>('GET', `/w/${ada.workspace}/approvals/count`)).body.open;
  const decide = (who: Browser, approval: string, body: object = { approved: true }) =>
    who.send<Approval & { detail: string }>('POST', `/w/${ada.workspace}/approvals/${approval}/decide`, body);

  async function asked(step: Step = ask()) {
    const flow = await waiting(step);
    const runId = await flow.start({ id: 'o', total: 12.5 });
    const [approval] = await listed(ada, `?run=${runId}`);
    if (!approval) throw new Error('The run has asked nobody.');
    return { flow, runId, approval };
  }

  test('stands in the list with its question and its data, without secrets', async () => {
    const before = await openFor(ada);
    const { runId, approval } = await asked();
    expect(approval).toMatchObject({
      runId,
      stepKey: 'hold',
      stepTitle: 'Ask',
      question: 'May this order go?',
      status: 'open',
      shown: { total: 12.5 },
      mayDecide: true,
    });
    expect(JSON.stringify(approval)).not.toContain('canary-secret');
    expect(await openFor(ada)).toBe(before + 1);
    expect((await listed(bob, `?run=${runId}`))[0]).toMatchObject({ mayDecide: false });
  });

  test('is decided by who may, once; the run goes on at once, and who and when is part of its output', async () => {
    const { runId, approval } = await asked();
    const refused = await decide(bob, approval.id);
    expect([refused.status, refused.body.detail]).toEqual([403, 'You are not among the people who may decide this. Ask one of them.']);
    expect((await runOf(runId)).status).toBe('waiting');
    const { status, body } = await decide(ada, approval.id, { approved: true, comment: 'Looks right.' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      status: 'approved',
      comment: 'Looks right.',
      decidedBy: { name: 'Ada Lovelace', email: 'ada@example.com' },
      mayDecide: false,
    });
    await becomes(runId, 'succeeded');
    expect(await outputOf(runId, 'hold')).toMatchObject({
      approved: true,
      comment: 'Looks right.',
      decidedBy: { email: 'ada@example.com' },
      decidedAt: body.decidedAt,
    });
    const again = await decide(ada, approval.id, { approved: false });
    expect([again.status, again.body.detail]).toEqual([409, 'Ada Lovelace has approved this already.']);
  });

  test('that two people decide at the same moment is decided by one', async () => {
    const { runId, approval } = await asked(ask({ assignees: { users: ['usr_bobexamplecom'], roles: ['owner'] } }));
    const answers = await Promise.all([decide(ada, approval.id, { approved: true }), decide(bob, approval.id, { approved: false })]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    await becomes(runId, 'succeeded');
    const kept = (await listed(ada, `?run=${runId}`))[0];
    expect(kept?.status).toBe(answers[0]?.status === 200 ? 'approved' : 'rejected');
    expect(await outputOf(runId, 'hold')).toMatchObject({ approved: answers[0]?.status === 200 });
  });

  test('is in the audit', async () => {
    const { runId, approval } = await asked();
    await decide(ada, approval.id, { approved: false, comment: 'No.' });
    const db = openDatabase(`${weft.folder}/weft.sqlite`);
    const events = db.select().from(auditEvents).all().filter(({ subjectId }) => subjectId === runId);
    db.$client.close();
    expect(events).toMatchObject([{ action: 'approval.rejected', workspaceId: ada.workspace, after: { stepKey: 'hold', comment: 'No.' } }]);
  });

  test('of a run that was cancelled cannot be decided any more', async () => {
    const { runId, approval } = await asked();
    await ada.send('POST', `/w/${ada.workspace}/runs/${runId}/cancel`);
    const late = await decide(ada, approval.id);
    expect([late.status, late.body.detail]).toEqual([409, 'The run has ended, so there is nothing left to decide.']);
  });

  test('that nobody decides in time closes itself', async () => {
    // Long enough that the run is parked before it is over.
    const flow = await waiting(ask({ timeoutMs: 500, onTimeout: 'reject' }));
    const { runId } = (await (await post(flow.url, { total: 1 })).json()) as { runId: string };
    await becomes(runId, 'succeeded');
    const [approval] = await listed(ada, `?run=${runId}`);
    expect(approval?.status).toBe('timed_out');
    expect((await decide(ada, approval?.id ?? '')).status).toBe(409);
  });

  test('tells open pages when it is asked and when it is decided', async () => {
    const events = await liveEvents(ada, weft.url);
    const { approval } = await asked();
    expect(await events.next('approvals')).toEqual({ type: 'approvals' });
    await decide(ada, approval.id);
    expect(await events.next('approvals')).toEqual({ type: 'approvals' });
    events.close();
  });

  test('is read a page at a time, the newest first', async () => {
    const { flow } = await asked();
    for (let at = 0; at < 50; at++) await post(flow.url, { total: at });
    await expect.poll(() => openFor(ada)).toBeGreaterThan(50);
    const first = (await ada.send<Page<Approval>>('GET', `/w/${ada.workspace}/approvals?status=open`)).body;
    expect(first.items).toHaveLength(50);
    const second = (await ada.send<Page<Approval>>('GET', `/w/${ada.workspace}/approvals?status=open&cursor=${first.next}`)).body;
    const ids = [...first.items, ...second.items].map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].toSorted().toReversed());
    expect(second.items.length).toBeGreaterThan(0);
  });

  test('survives a restart', async () => {
    const { runId, approval } = await asked();
    await weft.restart();
    expect((await decide(ada, approval.id)).status).toBe(200);
    await becomes(runId, 'succeeded');
  });
});
