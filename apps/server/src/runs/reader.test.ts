import type { JournalEntry, NewRun, Outcome } from '@weft/engine';
import { emptyFlow } from '@weft/flow';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryStore } from '../../test/temporary-store.ts';
import { newId } from '../db/ids.ts';
import { createRunArchive } from '../substrate/sqlite/run-archive.ts';
import { createSqliteSubstrate } from '../substrate/sqlite/sqlite-substrate.ts';
import { createRunReader, type RunReader } from './reader.ts';
import { createVersionDocuments } from '../stores/flows/version-documents.ts';

let store: ReturnType<typeof temporaryStore>;
let reader: RunReader;
let record: (extras?: Partial<NewRun>, outcome?: Partial<Outcome>, commits?: JournalEntry[][]) => Promise<string>;

beforeEach(async () => {
  store = temporaryStore();
  const documents = createVersionDocuments(store.db);
  reader = createRunReader(store.db, documents, createRunArchive(store.db.$client));
  const substrate = createSqliteSubstrate({ database: store.db.$client });
  await substrate.open();
  const versionId = await documents.keep('ws_1', emptyFlow('Orders'));
  record = async (extras = {}, outcome = {}, commits = []) => {
    const run: NewRun = {
      runId: newId('run'), workspaceId: 'ws_1', flowId: 'flow_1', versionId, mode: 'live', payload: { body: {} }, createdAt: Date.now(), ...extras,
    };
    const { lease } = await substrate.start(run, { lease: true });
    for (const entries of commits) await substrate.commit(lease!, entries);
    await substrate.finish(lease!, { status: 'succeeded', at: run.createdAt + 25, ...outcome }, []);
    return run.runId;
  };
});
afterEach(() => store.dispose());

const entry = (stepKey: string, extras: Partial<JournalEntry> = {}): JournalEntry => ({ stepKey, attempt: 1, kind: 'succeeded', at: 1, ...extras });
const idsOf = async (filter: Parameters<RunReader['list']>[1], workspace = 'ws_1') => (await reader.list(workspace, filter)).items.map(({ id }) => id);

test('the newest run comes first, and filters narrow the list', async () => {
  const first = await record();
  const failed = await record({ flowId: 'flow_2' }, { status: 'failed', error: { kind: 'upstream', message: 'The service answered 500.' } });
  const tried = await record({ mode: 'test' });
  await record({ workspaceId: 'ws_2' });
  expect(await idsOf({})).toEqual([tried, failed, first]);
  expect(await idsOf({ flow: 'flow_1' })).toEqual([tried, first]);
  expect(await idsOf({ status: 'failed' })).toEqual([failed]);
  expect(await idsOf({ status: 'running' })).toEqual([]);
  expect(await idsOf({ mode: 'test' })).toEqual([tried]);
  expect((await reader.list('ws_1', { status: 'failed' })).items[0]).toMatchObject({
    flowTitle: 'Orders',
    durationMs: 25,
    version: null,
    error: { message: 'The service answered 500.' },
  });
});

test('pages follow each other without a gap, also when runs arrive in between', async () => {
  const recorded: string[] = [];
  for (let count = 0; count < 120; count += 1) recorded.push(await record());
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await reader.list('ws_1', { cursor });
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.next ?? undefined;
    await record();
  } while (cursor !== undefined);
  expect(seen).toEqual(recorded.toReversed());
});

test('search finds text in payload, steps, answer and error, and takes wildcards as they are', async () => {
  const payload = await record({ payload: { body: { customer: 'Ingrid Solheim' } } });
  const step = await record({}, {}, [[entry('http1', { output: { reply: 'accepted 100%' } })]]);
  const answer = await record({}, { answer: { status: 200, headers: {}, body: 'thank_you' } });
  const error = await record({}, { status: 'failed', error: { kind: 'upstream', message: 'Teapot.' } });
  expect(await idsOf({ search: 'solheim' })).toEqual([payload]);
  expect(await idsOf({ search: '100%' })).toEqual([step]);
  expect(await idsOf({ search: 'thank_you' })).toEqual([answer]);
  expect(await idsOf({ search: 'thankxyou' })).toEqual([]);
  expect(await idsOf({ search: 'teapot', status: 'failed' })).toEqual([error]);
  expect(await idsOf({ search: 'teapot', status: 'succeeded' })).toEqual([]);
});

test('the detail gives payload, steps and answer without their secrets', async () => {
  const runId = await record(
    { payload: { headers: { 'x-api-key': 'k-123' }, body: { order: 1 } } },
    { answer: { status: 200, headers: { 'set-cookie': 'a=b' }, body: { access_token: 'abc', ok: true } } },
    [[entry('http1', { input: { headers: { Authorization: 'Bearer abcdefghijkl' } }, output: { body: 'fine' } })]],
  );
  const detail = await reader.detail('ws_1', runId);
  expect(detail).toMatchObject({
    payload: { headers: { 'x-api-key': '••••••' }, body: { order: 1 } },
    answer: { headers: { 'set-cookie': '••••••' }, body: { access_token: '••••••', ok: true } },
    entries: [{ stepKey: 'http1', input: { headers: { Authorization: '••••••' } }, output: { body: 'fine' } }],
    truncated: false,
    files: [],
  });
  expect(await reader.detail('ws_2', runId)).toBeNull();
});

test('of a long loop the newest entries of every step are shown', async () => {
  const commits = Array.from({ length: 30 }, (_, part) =>
    Array.from({ length: 100 }, (_item, index) => entry(`each[${part * 100 + index}]/stock`)),
  );
  const runId = await record({}, {}, [[entry('trigger')], ...commits]);
  const detail = await reader.detail('ws_1', runId);
  expect(detail?.truncated).toBe(true);
  expect(detail?.entries.length).toBeLessThanOrEqual(2_000);
  expect(detail?.entries[0]?.stepKey).toBe('trigger');
  expect(detail?.entries.at(-1)?.stepKey).toBe('each[2999]/stock');
});

test('activity shows the last run and seven days, today last', async () => {
  await record();
  await record({}, { status: 'failed' });
  const last = await record({ mode: 'test' });
  const activity = await reader.activity(['flow_1', 'flow_quiet']);
  expect(activity.get('flow_1')?.lastRun).toMatchObject({ id: last, status: 'succeeded' });
  expect(activity.get('flow_1')?.week).toEqual([...Array.from({ length: 6 }, () => ({ succeeded: 0, failed: 0 })), { succeeded: 1, failed: 1 }]);
  expect(activity.get('flow_quiet')).toEqual({ lastRun: null, week: Array.from({ length: 7 }, () => ({ succeeded: 0, failed: 0 })) });
});
