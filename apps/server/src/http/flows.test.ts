import type { FlowDocument, Problem, Step } from '@weft/flow';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { webhookFlow } from '../../test/flows.ts';
import { type Person, startWeft, type TestWeft } from '../../test/weft.ts';
import type {
  ConnectionSummary, CreatedFlow, FlowDetail, FlowSummary, FlowVersion, Page, Person as WorkspacePerson, ProblemDetails, StarterSummary,
} from '@weft/api';

let weft: TestWeft;
let ada: Person;
beforeAll(async () => {
  weft = await startWeft();
  ada = await weft.claim();
});
afterAll(() => weft.stop());

const flows = (rest = '') => `/w/${ada.workspace}/flows${rest}`;
const create = async (document: FlowDocument) => (await ada.send<CreatedFlow>('POST', flows(), { document })).body;
const get = async (id: string) => (await ada.send<FlowDetail>('GET', flows(`/${id}`))).body;
const save = <T = { revision: number }>(id: string, revision: number, document: FlowDocument) =>
  ada.send<T>('PUT', flows(`/${id}/draft`), document, { 'if-match': `"${revision}"` });
const publish = <T = FlowDetail>(id: string, revision: number, note?: string) => ada.send<T>('POST', flows(`/${id}/publish`), { revision, note });

describe('a new flow', () => {
  test('begins empty, with a title', async () => {
    const { body } = await ada.send<FlowDetail>('POST', flows(), { title: '  Orders ' });
    expect(body).toMatchObject({ title: 'Orders', revision: 1, enabled: true, published: null, unpublishedChanges: true, webhookUrl: null });
    expect(body.draft).toEqual({ format: 'weft.flow/1', title: 'Orders', steps: {}, edges: [], layout: {}, notes: [] });
    expect((await ada.send<Page<FlowSummary>>('GET', flows())).body.items[0]).toMatchObject({ id: body.id, title: 'Orders', published: false, lastRun: null });
  });

  test('comes from every starter with what it needs, and a second one from the same shares it', async () => {
    const starters = (await ada.send<StarterSummary[]>('GET', '/starters')).body;
    expect(starters.length).toBeGreaterThan(0);
    for (const { id } of starters) {
      const made = await ada.send<FlowDetail>('POST', flows(), { starter: id });
      expect(made.status).toBe(200);
      expect(Object.keys(made.body.draft.steps).length).toBeGreaterThan(2);
      await ada.send('POST', flows(), { starter: id });
    }
    const connections = (await ada.send<ConnectionSummary[]>('GET', `/w/${ada.workspace}/connections`)).body;
    expect(new Set(connections.map(({ title }) => title)).size).toBe(connections.length);
    expect((await ada.send('POST', flows(), { starter: 'none' })).status).toBe(404);
  });

  test('that needs the practice service says so while that is switched off', async () => {
    await ada.send('PATCH', '/settings', { practiceService: false });
    const answer = await ada.send('POST', flows(), { starter: 'order-to-erp' });
    expect(answer.status).toBe(409);
    expect(answer.body.detail).toMatch(/practice service/);
    await ada.send('PATCH', '/settings', { practiceService: true });
  });
});

describe('an import', () => {
  test('keeps what is known and drops owner, status, paths and other unknown keys', async () => {
    const document = { ...webhookFlow('imported'), owner: 'usr_1', status: 'published', id: 'flow_1', logPath: '/etc/cron.d/x', enabled: false };
    const made = await create(document);
    expect(made.draft).toEqual(webhookFlow('imported'));
    expect(made).toMatchObject({ enabled: true, published: null });
  });

  test('never binds a credential of another workspace', async () => {
    const eve = await weft.someoneElse();
    const foreign = (await eve.send<ConnectionSummary>('POST', `/w/${eve.workspace}/connections`, {
      title: 'Theirs', connector: 'sql', scheme: 'sqlite', config: { file: 'x.sqlite' }, credentials: {},
    })).body;
    const document = webhookFlow('unbound');
    document.steps['query'] = { kind: 'action', title: 'Read', use: { connector: 'sql', version: '1.0.0', operation: 'query' }, connection: foreign.id };
    const made = await create(document);
    expect(made.draft.steps['query']).toMatchObject({ connection: 'taken_out' });
    expect(made.dropped).toEqual([{ stepId: 'query', step: 'Read', what: 'connection' }]);
  });

  test('asks nobody of another workspace, and says so where then nobody is asked', async () => {
    const eve = await weft.someoneElse('mallory@example.com');
    const [me] = (await ada.send<WorkspacePerson[]>('GET', `/w/${ada.workspace}/people`)).body;
    const [her] = (await eve.send<WorkspacePerson[]>('GET', `/w/${eve.workspace}/people`)).body;
    const document = webhookFlow('asking');
    const asking = (...users: string[]): Step => ({ kind: 'approval', title: 'Ask', question: 'May it?', assignees: { users, roles: [] } });
    document.steps['ours'] = asking(me!.id, her!.id);
    document.steps['theirs'] = asking(her!.id);
    const made = await create(document);
    expect(made.draft.steps['ours']).toMatchObject({ assignees: { users: [me!.id] } });
    expect(made.draft.steps['theirs']).toMatchObject({ assignees: { users: [] } });
    const refused = await publish<ProblemDetails>(made.id, made.revision);
    expect(refused.body.issues?.map(({ path, message }) => ({ path, message }))).toContainEqual({
      path: ['theirs', 'assignees'],
      message: 'Nobody may decide “Ask”, so its runs would wait for ever: choose people or a role.',
    });
  });

  test.each([
    ['no flow at all', [1, 2]],
    ['another format', { format: 'n8n', nodes: [] }],
    ['steps that are no object', { ...webhookFlow('x'), steps: 'all of them' }],
    ['a step named constructor', { ...webhookFlow('x'), steps: { constructor: webhookFlow('x').steps['respond'] } }],
  ])('of %s is refused with a sentence', async (_, document) => {
    const answer = await ada.send('POST', flows(), { document });
    expect(answer.status).toBe(400);
    expect(answer.body.detail).not.toBe('');
  });

  test('says what did not come along, and does not call without credentials in silence', async () => {
    const document = webhookFlow('lossy');
    document.steps['call'] = {
      kind: 'action',
      title: 'Call',
      use: { connector: 'http', version: '1.0.0', operation: 'request' },
      connection: 'conn_gone',
      color: 'red',
    } as Step;
    const made = await create({ ...document, owner: 'me' } as FlowDocument);
    expect(made.dropped).toEqual([
      { stepId: 'call', step: 'Call', what: 'connection' },
      { stepId: 'call', step: 'Call', what: 'unknown', path: ['color'] },
      { what: 'unknown', path: ['owner'] },
    ].sort((a, b) => Number(a.what === 'unknown') - Number(b.what === 'unknown')));
    const refused = await publish<ProblemDetails>(made.id, made.revision);
    expect(refused.body.issues?.map(({ path, message }) => ({ path, message }))).toContainEqual({
      path: ['call', 'connection'],
      message: '“Call” had a connection to HTTP that did not come along with the import: choose one, or that it does without.',
    });
  });

  test('of a dangerous mapping target is a problem at its line, and can be saved', async () => {
    const input = {
      format: 'weft.mapping/1' as const,
      rules: [{ id: 'r', to: ['__proto__', 'polluted'], value: { const: 1 } }, { id: 's', to: ['constructor'], value: { const: 1 } }],
    };
    const made = await create({ ...webhookFlow('x'), steps: { ...webhookFlow('x').steps, shape: { kind: 'transform', title: 'T', input } } });
    expect(made.draft.steps['shape']).toMatchObject({ input });
    const problems = (await ada.send<Problem[]>('GET', flows(`/${made.id}/problems`))).body.filter(({ code }) => code === 'mapping.targetName');
    expect(problems).toMatchObject([{ stepId: 'shape', ruleId: 'r', severity: 'error' }]);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('the draft', () => {
  test('is saved from the revision it was made from', async () => {
    const { id, revision, draft } = await create(webhookFlow('draft'));
    const saved = await save(id, revision, { ...draft, title: 'Renamed' });
    expect(saved.body).toEqual({ revision: revision + 1 });
    expect(await get(id)).toMatchObject({ title: 'Renamed', revision: revision + 1 });
  });

  test('saved by somebody else in the meantime is not overwritten, and comes back with the refusal', async () => {
    const { id, revision, draft } = await create(webhookFlow('stale'));
    await save(id, revision, { ...draft, title: 'Theirs' });
    const refused = await save<{ code: string; current: FlowDetail }>(id, revision, { ...draft, title: 'Mine' });
    expect(refused.status).toBe(412);
    expect(refused.body).toMatchObject({ code: 'flow.stale', current: { title: 'Theirs', revision: revision + 1 } });
    expect((await get(id)).title).toBe('Theirs');
  });

  test('saved by many at once is saved by one', async () => {
    const { id, revision, draft } = await create(webhookFlow('race'));
    const answers = await Promise.all(Array.from({ length: 8 }, (_, index) => save(id, revision, { ...draft, title: `Save ${index}` })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 412)).toHaveLength(7);
  });

  test('without a revision is refused', async () => {
    const { id, draft } = await create(webhookFlow('no-revision'));
    expect((await ada.send('PUT', flows(`/${id}/draft`), draft)).status).toBe(400);
    expect((await ada.send('PUT', flows(`/${id}/draft`), draft, { 'if-match': '*' })).status).toBe(400);
  });

  test.each([
    ['a title of 501 letters', { title: 'x'.repeat(501) }, ['respond', 'title']],
    ['a note of 20,001 letters', { note: 'x'.repeat(20_001) }, ['respond', 'note']],
    [
      'a value of 1 MB',
      { input: { format: 'weft.mapping/1', rules: [{ id: 'r', to: ['body'], value: { const: 'x'.repeat(1024 * 1024) } }] } },
      ['respond', 'input', 'body'],
    ],
  ])('with %s is saved, and cannot be published', async (_what, change, at) => {
    const { id, revision, draft } = await create(webhookFlow('long'));
    const document = { ...draft, steps: { ...draft.steps, respond: { ...draft.steps['respond']!, ...change } as Step } };
    expect((await save(id, revision, document)).status).toBe(200);
    expect((await get(id)).draft.steps['respond']).toMatchObject(change);
    const refused = await publish<ProblemDetails>(id, revision + 1);
    expect(refused.status).toBe(422);
    expect(refused.body.issues?.map(({ path }) => path)).toContainEqual(at);
  });

  test('with an expression 5,000 deep, or of 6 MB, is answered 400 with what to do, and nothing is lost', async () => {
    const { id, revision, draft } = await create(webhookFlow('huge'));
    const deep = `${'{"fn":"not","args":['.repeat(5_000)}{"const":1}${']}'.repeat(5_000)}`;
    const long = JSON.stringify({ const: 'x'.repeat(6 * 1024 * 1024) });
    for (const value of [deep, long]) {
      const document = structuredClone(draft);
      Object.assign(document.steps['respond'] ?? {}, { input: { format: 'weft.mapping/1', rules: [{ id: 'r', to: ['body'], value: 'VALUE' }] } });
      // As text: nothing here could write something so deep.
      const refused = await fetch(`${weft.url}/api/v1${flows(`/${id}/draft`)}`, {
        method: 'PUT',
        body: JSON.stringify(document).replace('"VALUE"', value),
        headers: { origin: weft.url, cookie: ada.cookies, 'content-type': 'application/json', 'if-match': `"${revision}"` },
      });
      expect([400, 413]).toContain(refused.status);
    }
    expect(await get(id)).toMatchObject({ revision, draft });
  });
});

describe('publishing', () => {
  test('is refused while a step names a connection that does not exist', async () => {
    const { id, revision } = await create(webhookFlow('gone-connection'));
    const draft = webhookFlow('gone-connection');
    const send = {
      kind: 'action' as const,
      title: 'Send',
      use: { connector: 'http', version: '1.0.0', operation: 'request' },
      connection: 'conn_gone',
      config: { method: 'GET' },
      input: { format: 'weft.mapping/1' as const, rules: [{ id: 'url', to: ['url'], value: { const: 'https://example.com' } }] },
    };
    const document = {
      ...draft,
      steps: { ...draft.steps, send },
      edges: [{ from: ['trigger', 'next'], to: 'send' }, { from: ['send', 'next'], to: 'respond' }],
      layout: { ...draft.layout, send: [150, 0] },
    };
    const saved = await ada.send<{ revision: number }>('PUT', flows(`/${id}/draft`), document, { 'if-match': String(revision) });
    expect(saved.status).toBe(200);
    const refused = await publish<ProblemDetails>(id, saved.body.revision);
    expect(refused).toMatchObject({ status: 422, body: { code: 'flow.problems', issues: [{ path: ['send', 'connection'] }] } });
  });

  test('makes an immutable version that goes on running while the draft changes', async () => {
    const { id, revision, draft } = await create(webhookFlow('publish'));
    const published = (await publish(id, revision, 'First')).body;
    expect(published).toMatchObject({ published: { number: 1 }, unpublishedChanges: false, webhookUrl: `${weft.url}/hooks/${ada.workspace}/publish` });
    await save(id, revision, { ...draft, title: 'Second thoughts' });
    expect(await get(id)).toMatchObject({ unpublishedChanges: true, published: { number: 1 } });
    expect((await ada.send<FlowDocument>('GET', flows(`/${id}/versions/1`))).body).toEqual(draft);
    await publish(id, revision + 1);
    const versions = (await ada.send<FlowVersion[]>('GET', flows(`/${id}/versions`))).body;
    expect(versions.map(({ number, note, current, publishedBy }) => ({ number, note, current, publishedBy }))).toEqual([
      { number: 2, note: null, current: true, publishedBy: 'Ada Lovelace' },
      { number: 1, note: 'First', current: false, publishedBy: 'Ada Lovelace' },
    ]);
    expect((await ada.send('GET', flows(`/${id}/versions/3`))).status).toBe(404);
    expect((await ada.send('GET', flows(`/${id}/versions/1e0`))).status).toBe(400);
  });

  test('a moved step is no unpublished change', async () => {
    const { id, revision, draft } = await create(webhookFlow('moved'));
    await publish(id, revision);
    await save(id, revision, { ...draft, layout: { trigger: [50, 50], respond: [0, 0] } });
    expect((await get(id)).unpublishedChanges).toBe(false);
  });

  test('is refused while errors are left, each at its place', async () => {
    const { body } = await ada.send<FlowDetail>('POST', flows(), { title: 'Nothing in it' });
    const answer = await publish<{ code: string; issues: unknown[] }>(body.id, body.revision);
    expect(answer.status).toBe(422);
    expect(answer.body.code).toBe('flow.problems');
    expect(answer.body.issues.length).toBeGreaterThan(0);
    const problems = await ada.send<{ code: string }[]>('GET', flows(`/${body.id}/problems`));
    expect(problems.body.map(({ code }) => code)).toContain('trigger.missing');
  });

  test('of a schedule that would never run is refused at its fields', async () => {
    const document = {
      ...webhookFlow('x', 'Nightly'),
      edges: [],
      steps: {
        timer: {
          kind: 'trigger',
          title: 'Nightly',
          use: { connector: 'schedule', version: '1.0.0', operation: 'cron' },
          config: { cron: '99 * * * *', timezone: 'Mars/Olympus' },
        },
      },
    };
    const { id, revision } = (await ada.send<CreatedFlow>('POST', flows(), { document })).body;
    const answer = await publish<{ code: string; issues: { path: string[] }[] }>(id, revision);
    expect([answer.status, answer.body.code]).toEqual([422, 'flow.problems']);
    expect(answer.body.issues.map((issue) => issue.path.join('.'))).toEqual(['timer.config.timezone', 'timer.config.cron']);
  });

  test('at a path that another flow has is refused and names that flow', async () => {
    const first = await create(webhookFlow('taken', 'Has it'));
    await publish(first.id, first.revision);
    const second = await create(webhookFlow('taken', 'Wants it'));
    const answer = await publish<{ code: string; detail: string }>(second.id, second.revision);
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ code: 'webhook.path_taken', detail: expect.stringContaining('“Has it”') });
    await ada.send('DELETE', flows(`/${first.id}`));
    expect((await publish(second.id, second.revision)).status).toBe(200);
  });

  test('at the same path at the same moment is done for one', async () => {
    const two = await Promise.all([create(webhookFlow('race-path', 'One')), create(webhookFlow('race-path', 'Other'))]);
    const answers = await Promise.all(two.map(({ id, revision }) => publish<{ code?: string }>(id, revision)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 422]);
    expect(answers.map(({ body }) => body.code)).toContain('webhook.path_taken');
  });

  test('of a draft that somebody changed in the meantime is refused', async () => {
    const { id, revision, draft } = await create(webhookFlow('publish-stale'));
    await save(id, revision, { ...draft, title: 'Changed' });
    expect((await publish(id, revision)).status).toBe(412);
  });

  test('an old version becomes the draft again', async () => {
    const { id, revision, draft } = await create(webhookFlow('restore'));
    await publish(id, revision);
    await save(id, revision, { ...draft, title: 'Worse' });
    const restored = (await ada.send<FlowDetail>('POST', flows(`/${id}/versions/1/restore`))).body;
    expect(restored).toMatchObject({ revision: revision + 2, draft, unpublishedChanges: false });
  });
});

test('a flow is switched off and on', async () => {
  const { id, revision } = await create(webhookFlow('switch'));
  await publish(id, revision);
  expect((await ada.send<FlowDetail>('PATCH', flows(`/${id}`), { enabled: false })).body.enabled).toBe(false);
  expect((await ada.send<FlowDetail>('PATCH', flows(`/${id}`), { enabled: true })).body).toMatchObject({ enabled: true, published: { number: 1 } });
});

test('a copy stands on its own, unpublished', async () => {
  const { id, revision } = await create(webhookFlow('copy', 'Original'));
  await publish(id, revision);
  const copy = (await ada.send<FlowDetail>('POST', flows(`/${id}/duplicate`))).body;
  expect(copy).toMatchObject({ title: 'Original (copy)', published: null, webhookUrl: null });
  expect(copy.id).not.toBe(id);
});

test('an export can be imported again, with samples only when asked for', async () => {
  const { id } = await create(webhookFlow('export'));
  const bare = (await ada.send<FlowDocument>('GET', flows(`/${id}/export?samples=false`))).body;
  expect(bare.steps['trigger']?.samples).toEqual([expect.objectContaining({ title: 'Made up' })]);
  const whole = (await ada.send<FlowDocument>('GET', flows(`/${id}/export?samples=true`))).body;
  expect(whole).toEqual(webhookFlow('export'));
  expect((await create(whole)).draft).toEqual(whole);
  expect((await ada.send('GET', flows(`/${id}/export?samples=true&sort=id"%3B DROP`))).status).toBe(400);
});

test('a deleted flow is gone, and its path is free', async () => {
  const { id, revision } = await create(webhookFlow('gone'));
  await publish(id, revision);
  expect((await ada.send('DELETE', flows(`/${id}`))).status).toBe(204);
  expect((await ada.send('GET', flows(`/${id}`))).status).toBe(404);
  expect((await ada.send<Page<FlowSummary>>('GET', flows())).body.items.map((flow) => flow.id)).not.toContain(id);
  const next = await create(webhookFlow('gone'));
  expect((await publish(next.id, next.revision)).status).toBe(200);
});
