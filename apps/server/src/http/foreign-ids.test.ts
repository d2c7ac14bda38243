import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { webhookFlow } from '../../test/flows.ts';
import { type Person, startWeft, type TestWeft } from '../../test/weft.ts';
import type { ConnectionSummary, FlowDetail } from '@weft/api';

/** Every route of the contract that names something by an id, read from the contract itself so that a new one cannot be forgotten. */
const nouns = new URL('../../../../packages/api/src/', import.meta.url);
const contract = readdirSync(nouns).map((file) => readFileSync(new URL(file, nouns), 'utf8')).join('\n');
const routes = [...contract.matchAll(/^ {2}'((?:GET|POST|PUT|PATCH|DELETE) \/\S*:\S*)'/gm)].map(([, name]) => name ?? '');

let weft: TestWeft;
let ada: Person;
let eve: Person;
/** Ids of things that exist, in Eve's workspace. */
const theirs: Record<string, string> = {};

beforeAll(async () => {
  weft = await startWeft();
  ada = await weft.claim();
  eve = await weft.someoneElse();
  const flow = (await eve.send<FlowDetail>('POST', `/w/${eve.workspace}/flows`, { document: webhookFlow('theirs') })).body;
  await eve.send('POST', `/w/${eve.workspace}/flows/${flow.id}/publish`, { revision: flow.revision });
  const connection = await eve.send<ConnectionSummary>('POST', `/w/${eve.workspace}/connections`, {
    title: 'Theirs',
    connector: 'sql',
    scheme: 'sqlite',
    config: { file: 'x.sqlite' },
    credentials: {},
  });
  await fetch(`${weft.url}/api/v1/w/${eve.workspace}/files/theirs.csv`, { method: 'PUT', body: 'a,b\n', headers: { cookie: eve.cookies, origin: weft.url } });
  const run = await eve.send<{ runId: string }>('POST', `/w/${eve.workspace}/flows/${flow.id}/test-run`, { document: webhookFlow('theirs'), payload: {} });
  Object.assign(theirs, {
    workspace: eve.workspace,
    flow: flow.id,
    connection: connection.body.id,
    connector: 'theirs',
    name: 'theirs.csv',
    run: run.body.runId ?? 'run_1',
    number: '1',
    session: 'ses_theirs',
    approval: 'appr_theirs',
    backfill: 'bf_theirs',
  });
});
afterAll(() => weft.stop());

/** Bodies that pass the schema, so that the id is what decides. */
function bodyOf(route: string): unknown {
  const document = webhookFlow('x');
  if (route.endsWith('/draft')) return document;
  if (route.endsWith('/decide')) return { approved: true };
  if (route.endsWith('/end-wait')) return { stepKey: 'wait' };
  if (route.endsWith('/publish')) return { revision: 1 };
  if (route.endsWith('/test-step')) return { document, stepId: 'respond', scope: {} };
  if (/^POST .*dead-letters\/(?:replay|discard)$/.test(route)) return {};
  if (route === 'POST /w/:workspace/runs/:run/replay') return { from: 'respond', version: 'same' };
  if (route === 'POST /w/:workspace/retries') return { runs: ['run_theirs'], version: 'same' };
  if (route === 'PATCH /w/:workspace/runs/:run') return { name: 'Mine now' };
  if (route.endsWith('/poll-sample')) return { document };
  if (/^POST .*\/backfills(?:\/preview)?$/.test(route)) return { from: '2026-03-01T00:00:00Z' };
  if (route.endsWith('/test-run')) return { document, payload: {} };
  if (route.endsWith('/flows/:flow/runs')) return { payload: {} };
  if (route === 'PATCH /w/:workspace/flows/:flow') return { enabled: false };
  if (route === 'PATCH /w/:workspace/connections/:connection') return { title: 'Mine now' };
  if (route === 'PATCH /workspaces/:workspace') return { name: 'Mine now' };
  if (route === 'POST /w/:workspace/flows') return { title: 'In theirs' };
  if (route === 'POST /w/:workspace/connections') {
    return { title: 'In theirs', connector: 'sql', scheme: 'sqlite', config: { file: 'x.sqlite' }, credentials: {} };
  }
  if (/(?:options|schema)$/.test(route)) return { use: { connector: 'sql', version: '1.0.0', operation: 'query' }, source: 'tables', config: {} };
  if (route.endsWith('/try')) return { use: { connector: 'manual', version: '1.0.0', operation: 'start' } };
  return undefined;
}

/** Queries that pass the schema. */
const queryOf: Record<string, string> = {
  'GET /w/:workspace/runs/:run/value': '?part=payload',
  'GET /w/:workspace/runs/:run/replay': '?from=respond',
  'GET /w/:workspace/runs/:run/dead-letters/export': '?format=csv',
  'GET /w/:workspace/flows/:flow/dead-letters/export': '?format=csv',
};

async function call(person: Person, route: string, ids: Record<string, string>): Promise<number> {
  const [method = '', path = ''] = route.split(' ');
  const address = `${path}${queryOf[route] ?? ''}`.replace(/:(\w+)/g, (_, name: string) => ids[name] ?? '');
  const { status } = await person.send(method, address, bodyOf(route), { 'if-match': '"1"' });
  return status;
}

test('the contract has routes to try', () => {
  expect(routes.length).toBeGreaterThan(30);
});

test.each(routes)('%s: nothing of another workspace exists', async (route) => {
  expect(await call(ada, route, theirs)).toBe(404);
});

/** A name is free in every workspace, so an upload under a name of theirs is one's own file. */
const named = routes.filter((route) => /:workspace\/.*:/.test(route) && route !== 'PUT /w/:workspace/files/:name');

test.each(named)('%s: another workspace’s things are not found in one’s own', async (route) => {
  expect(await call(ada, route, { ...theirs, workspace: ada.workspace })).toBe(404);
});

test.each(routes)('%s: an id that climbs is refused', async (route) => {
  for (const climbing of ['..%2f..%2fetc', '%2e%2e%2fme', `id%22%3B%20DROP`]) {
    const ids = Object.fromEntries(Object.keys(theirs).map((name) => [name, climbing]));
    expect(await call(ada, route, ids)).toBe(400);
  }
});

test.each(routes)('%s: who is not signed in learns nothing', async (route) => {
  expect(await call(weft.stranger(), route, theirs)).toBe(401);
});

test('all of it is still there and unchanged', async () => {
  const flow = (await eve.send<FlowDetail>('GET', `/w/${eve.workspace}/flows/${theirs['flow']}`)).body;
  expect(flow).toMatchObject({ revision: 1, enabled: true, title: 'Flow at theirs' });
  const [connection] = (await eve.send<ConnectionSummary[]>('GET', `/w/${eve.workspace}/connections`)).body;
  expect(connection?.title).toBe('Theirs');
});
