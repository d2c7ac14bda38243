/**
 * What tells of a change stands in its commit, for every route that changes something. The database itself is made to refuse the row:
 * where a route had a commit of its own for it, the change would be there all the same.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Approval, Backfill, ConnectionSummary, FlowDetail, Page, RouteName, RunDetail, SessionSummary } from '@weft/api';
import type { FlowDocument, Step } from '@weft/flow';
import { endedRun } from '../../test/ended-run.ts';
import { createFlow, flowOf, manual, mapping, path, publishFlow } from '../../test/flow-parts.ts';
import { webhookFlow } from '../../test/flows.ts';
import { streamFlow } from '../../test/stream-flow.ts';
import { owner, type Person, startWeft, type TestWeft } from '../../test/weft.ts';
import { type Db, openDatabase } from '../db/open.ts';

type Changing = Exclude<RouteName, `GET ${string}`>;

interface Wish {
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
  /** Default Ada. */
  by?: Person;
}

/** Makes what the route works on. @returns what to send. */
type Prepared = () => Promise<Wish>;

/** Nothing that anybody would look for in the audit, or nothing that stands in the database. */
interface Untold {
  untold: string;
}

let weft: TestWeft;
let ada: Person;
let db: Db;
let base: string;

beforeAll(async () => {
  weft = await startWeft();
  ada = await weft.claim();
  base = `/w/${ada.workspace}`;
  db = openDatabase(join(weft.folder, 'weft.sqlite'));
  await upload('rows.csv', 'n,name\n1,Ada\ntwo,Alan\nthree,Grace\n');
});
afterAll(async () => {
  db.$client.close();
  await weft.stop();
});

const upload = (name: string, body: string) =>
  fetch(`${weft.url}/api/v1${base}/files/${name}`, { method: 'PUT', headers: { cookie: ada.cookies, origin: weft.url }, body });

let count = 0;
const unique = () => `thing-${(count += 1)}`;
const draft = async () => createFlow(ada, webhookFlow(unique()));
const published = async (document: FlowDocument = flowOf({ trigger: manual() })) => publishFlow(ada, document);
const failing = () => flowOf({
  trigger: manual(),
  shape: { kind: 'transform', title: 'Shape', input: mapping({ n: { fn: 'toInteger', args: [path('trigger', 'body', 'n')] } }) },
}, ['trigger → shape']);
const holding = (hold: Step) => flowOf({ trigger: manual(), hold }, ['trigger → hold']);
const wait: Step = { kind: 'wait', title: 'Wait', mode: 'signal', key: path('trigger', 'body', 'n') };
const question: Step = { kind: 'approval', title: 'Ask', question: 'May it go?', assignees: { users: [], roles: ['owner'] }, input: mapping({}) };
const schedule: Step = {
  kind: 'trigger',
  title: 'Each morning',
  use: { connector: 'schedule', version: '1.0.0', operation: 'cron' },
  config: { cron: '0 7 * * *', timezone: 'Europe/Oslo' },
};
const range = { from: '2026-03-27T06:00:00.000Z', to: '2026-03-28T06:00:00.000Z' };

async function ran(document?: FlowDocument): Promise<RunDetail> {
  const flow = await published(document);
  return endedRun(ada, (await ada.send<{ runId: string }>('POST', `${flow.base}/runs`, { payload: { n: 'two' } })).body.runId);
}

async function queued(): Promise<{ flow: string; runId: string }> {
  const flow = await published();
  await ada.send('PATCH', flow.base, { paused: true });
  return { flow: flow.base, runId: (await ada.send<{ runId: string }>('POST', `${flow.base}/runs`, { payload: {} })).body.runId };
}

const connection = { title: 'Db', connector: 'sql', scheme: 'sqlite', config: { file: 'x.sqlite' }, credentials: {} };
const connected = async () =>
  `${base}/connections/${(await ada.send<ConnectionSummary>('POST', `${base}/connections`, { ...connection, title: unique() })).body.id}`;

async function session(): Promise<{ by: Person; id: string }> {
  const by = weft.stranger();
  await by.send('POST', '/session', { email: owner.email, password: owner.password });
  const { body } = await by.send<SessionSummary[]>('GET', '/me/sessions');
  return { by, id: body.find(({ current }) => current)?.id ?? '' };
}

const letters = (action: 'replay' | 'discard', of: 'run' | 'flow'): Prepared => async () => {
  const { id, flowId } = await ran(streamFlow());
  return { path: of === 'run' ? `${base}/runs/${id}/dead-letters/${action}` : `${base}/flows/${flowId}/dead-letters/${action}`, body: {} };
};

/** Every route that is no GET: a new one does not compile until it stands here. */
const routes: Record<Changing, Prepared | Untold> = {
  'POST /setup': { untold: 'It works once, and has a test of its own below.' },
  'POST /session': {
    untold: 'The session is a commit of the library’s; its event follows before the cookie is handed out, so a session that is not told of is nobody’s.',
  },
  'DELETE /session': async () => ({ path: '/session', by: (await session()).by }),
  'PATCH /me': async () => ({ path: '/me', body: { name: `Ada ${unique()}` } }),
  'POST /me/password': async () => ({ path: '/me/password', body: { current: owner.password, next: owner.password } }),
  'DELETE /me/sessions/:session': async () => ({ path: `/me/sessions/${(await session()).id}` }),
  'DELETE /me/sessions': async () => {
    await session();
    return { path: '/me/sessions' };
  },
  'POST /workspaces': async () => ({ path: '/workspaces', body: { name: unique() } }),
  'PATCH /workspaces/:workspace': async () => ({ path: `/workspaces/${ada.workspace}`, body: { name: unique() } }),
  'PATCH /settings': async () => ({ path: '/settings', body: { queuePerFlow: 5_000 + (count += 1) } }),
  'PUT /maintenance/drain': async () => {
    const { draining } = (await ada.send<{ draining: object | null }>('GET', '/maintenance')).body;
    return { path: '/maintenance/drain', body: { draining: draining === null } };
  },
  'PUT /maintenance/connectors': async () => ({ path: '/maintenance/connectors', body: { connector: 'http', version: '1.0.0', note: unique() } }),
  'POST /w/:workspace/connections': async () => ({ path: `${base}/connections`, body: { ...connection, title: unique() } }),
  'PATCH /w/:workspace/connections/:connection': async () => ({ path: await connected(), body: { title: unique() } }),
  'DELETE /w/:workspace/connections/:connection': async () => ({ path: await connected() }),
  'POST /w/:workspace/connections/:connection/test': { untold: 'A look at the service; kept is only how the last one went.' },
  'POST /w/:workspace/options': { untold: 'A look at the service for a form.' },
  'POST /w/:workspace/try': { untold: 'It runs in memory, and nothing leaves.' },
  'POST /w/:workspace/schema': { untold: 'A look at the service for a form.' },
  'PUT /w/:workspace/files/:name': async () => ({ path: `${base}/files/${unique()}.txt` }),
  'DELETE /w/:workspace/files/:name': async () => {
    const name = `${unique()}.txt`;
    await upload(name, 'text');
    return { path: `${base}/files/${name}` };
  },
  'POST /w/:workspace/flows': async () => ({ path: `${base}/flows`, body: { title: unique() } }),
  'PATCH /w/:workspace/flows/:flow': async () => ({ path: (await published()).base, body: { enabled: false } }),
  'DELETE /w/:workspace/flows/:flow': async () => ({ path: (await published()).base }),
  'PUT /w/:workspace/flows/:flow/draft': async () => ({ path: `${(await draft()).base}/draft`, body: webhookFlow(unique()), headers: { 'if-match': '"1"' } }),
  'POST /w/:workspace/flows/:flow/duplicate': async () => ({ path: `${(await draft()).base}/duplicate` }),
  'POST /w/:workspace/flows/:flow/publish': async () => ({ path: `${(await draft()).base}/publish`, body: { revision: 1 } }),
  'POST /w/:workspace/flows/:flow/versions/:number/restore': async () => ({ path: `${(await published()).base}/versions/1/restore` }),
  'POST /w/:workspace/flows/:flow/listen': { untold: 'For five minutes, in memory.' },
  'DELETE /w/:workspace/flows/:flow/listen': { untold: 'In memory.' },
  'POST /w/:workspace/flows/:flow/test-step': { untold: 'It runs in memory and leaves nothing.' },
  'POST /w/:workspace/flows/:flow/test-run': async () => ({
    path: `${(await draft()).base}/test-run`,
    body: { document: flowOf({ trigger: manual() }), payload: {} },
  }),
  'POST /w/:workspace/flows/:flow/runs': async () => ({ path: `${(await published()).base}/runs`, body: { payload: {} } }),
  'DELETE /w/:workspace/flows/:flow/queue': async () => ({ path: `${(await queued()).flow}/queue` }),
  'POST /w/:workspace/runs/:run/cancel': async () => ({ path: `${base}/runs/${(await queued()).runId}/cancel` }),
  'POST /w/:workspace/runs/:run/again': async () => ({ path: `${base}/runs/${(await ran()).id}/again` }),
  'PATCH /w/:workspace/runs/:run': async () => ({ path: `${base}/runs/${(await ran()).id}`, body: { name: unique() } }),
  'POST /w/:workspace/runs/:run/replay': async () => ({ path: `${base}/runs/${(await ran(failing())).id}/replay`, body: { from: 'shape', version: 'same' } }),
  'POST /w/:workspace/retries': async () => ({
    path: `${base}/retries`,
    body: { runs: [(await ran(failing())).id, (await ran(failing())).id], version: 'same' },
  }),
  'POST /w/:workspace/runs/:run/end-wait': async () => ({ path: `${base}/runs/${(await ran(holding(wait))).id}/end-wait`, body: { stepKey: 'hold' } }),
  'POST /w/:workspace/approvals/:approval/decide': async () => {
    const { id } = await ran(holding(question));
    const { items } = (await ada.send<Page<Approval>>('GET', `${base}/approvals?run=${id}`)).body;
    return { path: `${base}/approvals/${items[0]?.id}/decide`, body: { approved: true } };
  },
  'POST /w/:workspace/runs/:run/dead-letters/replay': letters('replay', 'run'),
  'POST /w/:workspace/flows/:flow/dead-letters/replay': letters('replay', 'flow'),
  'POST /w/:workspace/runs/:run/dead-letters/discard': letters('discard', 'run'),
  'POST /w/:workspace/flows/:flow/dead-letters/discard': letters('discard', 'flow'),
  'POST /schedule/preview': { untold: 'It only computes.' },
  'POST /w/:workspace/flows/:flow/poll': { untold: 'What the poller does by itself, now: it takes what is new, once, in the commit that moves its cursor.' },
  'POST /w/:workspace/flows/:flow/poll-sample': { untold: 'A look at the service.' },
  'POST /w/:workspace/flows/:flow/backfills': async () => ({ path: `${(await published(flowOf({ trigger: schedule }))).base}/backfills`, body: range }),
  'POST /w/:workspace/flows/:flow/backfills/preview': { untold: 'It only computes.' },
  'POST /w/:workspace/flows/:flow/backfills/:backfill/stop': async () => {
    const flow = await published(flowOf({ trigger: schedule }));
    const { id } = (await ada.send<Backfill>('POST', `${flow.base}/backfills`, range)).body;
    await settled();
    // It was over before anybody could stop it.
    db.$client.prepare("update backfills set status = 'running' where id = ?").run(id);
    return { path: `${flow.base}/backfills/${id}/stop` };
  },
};

const told = Object.entries(routes).filter((entry): entry is [Changing, Prepared] => typeof entry[1] === 'function');

/** Documents of test runs are named by what is in them: kept once more they are the same, and unused they go by themselves. */
const leftOut = new Set(['run_documents']);

/** All that the database holds. */
function everything(): Record<string, string> {
  const tables = db.$client.prepare<[], string>(
    "select name from sqlite_schema where type = 'table' and name not like 'sqlite%' and name not like '\\_\\_%' escape '\\'",
  )
    .pluck()
    .all();
  const texts = tables
    .filter((table) => !leftOut.has(table))
    .map((table) => [
      table,
      JSON.stringify(db.$client.prepare(`select * from "${table}"`)
        .all(), (_key, value: unknown) => (Buffer.isBuffer(value) ? value.toString('base64') : value)),
    ] as const);
  return Object.fromEntries(texts.map(([table, text]) => [table, createHash('sha256').update(text).digest('hex')]));
}

/** Until nothing goes on by itself. */
async function settled(): Promise<void> {
  const busy = db.$client.prepare<[], number>(
    `select (select count(*) from runs r left join flows f on f.id = r.flow_id where r.status = 'running' or (r.status = 'queued' and f.paused_at is null))
      + (select count(*) from backfills where status = 'running')`,
  ).pluck();
  await expect.poll(() => busy.get(), { interval: 10, timeout: 20_000 }).toBe(0);
}

/** While `work` runs, the database takes no row of this kind. */
async function refusing<T>(row: string, work: () => Promise<T>): Promise<T> {
  db.$client.exec(row);
  try {
    return await work();
  } finally {
    db.$client.exec('drop trigger refused');
  }
}

const anyEvent = "create trigger refused before insert on audit_events begin select raise(abort, 'refused'); end";
const anyAnswer = "create trigger refused before insert on repeated_requests begin select raise(abort, 'refused'); end";

const send = (name: Changing, { path: to, body, headers = {}, by = ada }: Wish, key?: string) =>
  by.send<unknown>(name.split(' ')[0] ?? '', to, body, { ...headers, ...(key !== undefined && { 'idempotency-key': key }) });

describe('nothing is changed where its event cannot be written', () => {
  test.each(told)('%s', async (name, prepared) => {
    await ada.send('PUT', '/maintenance/drain', { draining: false });
    const wish = await prepared();
    if (!name.endsWith('/stop')) await settled();
    const before = everything();
    expect((await refusing(anyEvent, () => send(name, wish))).status).toBe(500);
    expect(everything()).toEqual(before);
    const events = () => db.$client.prepare<[], number>('select count(*) from audit_events').pluck().get() ?? 0;
    const earlier = events();
    expect((await send(name, wish)).status).toBeLessThan(300);
    expect(events()).toBeGreaterThan(earlier);
  });

  test('POST /setup', async () => {
    const fresh = await startWeft();
    const store = openDatabase(join(fresh.folder, 'weft.sqlite'));
    try {
      store.$client.exec(anyEvent);
      await expect(fresh.claim()).rejects.toThrow(/internal/);
      expect((await fresh.stranger().send('GET', '/setup')).body).toEqual({ claimed: false });
      store.$client.exec('drop trigger refused');
      await fresh.claim();
      expect((await fresh.stranger().send('GET', '/setup')).body).toEqual({ claimed: true });
    } finally {
      store.$client.close();
      await fresh.stop();
    }
  });
});

describe('a POST that is sent again does nothing twice, wherever the server died', () => {
  const repeatable = told.filter(([name]) => name.startsWith('POST '));

  test.each(repeatable)('%s', async (name, prepared) => {
    await ada.send('PUT', '/maintenance/drain', { draining: false });
    const wish = await prepared();
    if (!name.endsWith('/stop')) await settled();
    const key = unique();
    const before = everything();
    // No answer could be kept, so nothing was done.
    expect((await refusing(anyAnswer, () => send(name, wish, key))).status).toBe(500);
    expect(everything()).toEqual(before);
    const first = await send(name, wish, key);
    expect(first.status).toBeLessThan(300);
    await settled();
    const after = everything();
    const second = await send(name, wish, key);
    expect([second.status, second.body, second.headers.get('idempotency-replayed')]).toEqual([first.status, first.body, 'true']);
    expect(everything()).toEqual(after);
  });

  test('also where it died after the first of several commits: what was done is told, and the rest is done', async () => {
    const failed = [await ran(failing()), await ran(failing()), await ran(failing())].map(({ id }) => id);
    const wish = { path: `${base}/retries`, body: { runs: failed, version: 'same' } };
    const third = "create trigger refused before update on repeated_requests when json_array_length(new.body) = 3 begin select raise(abort, 'refused'); end";
    expect((await refusing(third, () => send('POST /w/:workspace/retries', wish, 'several'))).status).toBe(500);
    await weft.restart();
    const { body } = await ada.send<{ started: { run: string; runId: string }[] }>('POST', wish.path, wish.body, { 'idempotency-key': 'several' });
    expect(body.started.map(({ run }) => run)).toEqual(failed);
    const replays = db.$client.prepare<[string], string>('select id from runs where replay_of = ?').pluck();
    expect(failed.map((run) => replays.all(run))).toEqual(body.started.map(({ runId }) => [runId]));
  });

  test('and is answered by the next process as it was by the one that did it', async () => {
    const wish = { path: `${base}/flows`, body: { title: 'Once' } };
    const first = await ada.send<FlowDetail>('POST', wish.path, wish.body, { 'idempotency-key': 'over a restart' });
    await weft.restart();
    const second = await ada.send<FlowDetail>('POST', wish.path, wish.body, { 'idempotency-key': 'over a restart' });
    expect(second.body).toEqual(first.body);
  });
});
