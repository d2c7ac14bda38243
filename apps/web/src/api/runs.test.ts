import { QueryClient, QueryObserver, type InfiniteData } from '@tanstack/react-query';
import { emptyFlow } from '@weft/flow';
import type { Page, RunDetail, RunSummary } from '@weft/api';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { rememberEntries, rememberProgress, rememberRun, runKeys } from './runs.ts';

type Entry = RunDetail['entries'][number];

const run = (id: string, change: Partial<RunSummary> = {}): RunSummary => ({
  id,
  flowId: 'flow_1',
  flowTitle: 'Orders',
  mode: 'live',
  status: 'running',
  version: 1,
  createdAt: '2026-03-12T12:00:00.000Z',
  finishedAt: null,
  durationMs: null,
  error: null,
  queued: null,
  title: null,
  name: null,
  pinned: false,
  replayOf: null,
  lastReplay: null,
  openDeadLetters: 0, warnings: 0,
  ...change,
});
const detail = (entries: Entry[]): RunDetail => ({
  ...run('run_1'),
  document: emptyFlow('Orders'),
  payload: null,
  answer: null,
  entries,
  truncated: false,
  replays: null,
  replayedBy: [],
  parent: null,
  progress: [],
  openDeadLetters: 0,
  files: [],
});
const entry = (stepKey: string, kind: Entry['kind']): Entry => ({ stepKey, kind, attempt: 1, at: 0 });

let client: QueryClient;
const rows = (status?: RunSummary['status']) =>
  client
    .getQueryData<InfiniteData<Page<RunSummary>>>(runKeys.list('ws_1', { status }))?.pages
    .flatMap((page) => page.items.map(({ id, status: now }) => `${id} ${now}`));
const shown = () => client.getQueryData<RunDetail>(runKeys.one('ws_1', 'run_1'));

beforeEach(() => {
  client = new QueryClient();
});

test('a run that changed is changed in every list that shows it', () => {
  const list = { pages: [{ items: [run('run_2'), run('run_1')], next: null }], pageParams: [null] };
  client.setQueryData(runKeys.list('ws_1', {}), list);
  client.setQueryData(runKeys.list('ws_1', { status: 'running' }), list);
  rememberRun(client, 'ws_1', run('run_1', { status: 'succeeded' }));
  expect(rows()).toEqual(['run_2 running', 'run_1 succeeded']);
  expect(rows('running')).toEqual(['run_2 running', 'run_1 succeeded']);
});

test('the open run follows, and keeps its journal', () => {
  client.setQueryData(runKeys.one('ws_1', 'run_1'), detail([entry('a', 'started')]));
  rememberRun(client, 'ws_1', run('run_1', { status: 'cancelled' }));
  expect(shown()?.status).toBe('cancelled');
  expect(shown()?.entries).toHaveLength(1);
});

test('a fact that arrives twice stands once', () => {
  client.setQueryData(runKeys.one('ws_1', 'run_1'), detail([entry('a', 'started')]));
  rememberEntries(client, 'ws_1', 'run_1', [entry('a', 'started'), entry('a', 'succeeded')]);
  rememberEntries(client, 'ws_1', 'run_1', [entry('a', 'succeeded')]);
  expect(shown()?.entries.map(({ kind }) => kind)).toEqual(['started', 'succeeded']);
});

test('facts of a run that nobody looks at are not kept', () => {
  rememberEntries(client, 'ws_1', 'run_1', [entry('a', 'started')]);
  expect(shown()).toBeUndefined();
});

test('a long loop does not grow what the browser keeps', () => {
  client.setQueryData(runKeys.one('ws_1', 'run_1'), detail(Array.from({ length: 2_400 }, (_, item) => entry(`each[${item}]/a`, 'started'))));
  rememberEntries(client, 'ws_1', 'run_1', Array.from({ length: 200 }, (_, item) => entry(`each[${item}]/b`, 'started')));
  expect(shown()?.entries).toHaveLength(2_400);
});

test('the progress of a stream is shown as it was told last, whatever comes late', () => {
  const told = (read: number, at: string): RunDetail['progress'][number] => ({
    stepKey: 'each',
    read,
    succeeded: read,
    failed: 0,
    skipped: 0,
    batches: 1,
    startedAt: '2026-03-12T12:00:00.000Z',
    at,
    seconds: 1,
    recordsPerSecond: read,
    amount: null,
    secondsLeft: null,
    restarts: 0,
    continued: 0,
    finished: false,
  });
  client.setQueryData(runKeys.one('ws_1', 'run_1'), detail([]));
  rememberProgress(client, 'ws_1', 'run_1', told(500, '2026-03-12T12:00:01.000Z'));
  rememberProgress(client, 'ws_1', 'run_1', told(1_000, '2026-03-12T12:00:02.000Z'));
  rememberProgress(client, 'ws_1', 'run_1', told(500, '2026-03-12T12:00:01.000Z'));
  expect(shown()?.progress.map(({ read }) => read)).toEqual([1_000]);
});

describe('news that come while the run is being read', () => {
  /** A page that reads the run; each reading is answered by the test. */
  const read = () => {
    const answers: ((run: RunDetail) => void)[] = [];
    const observer = new QueryObserver(client, {
      queryKey: runKeys.one('ws_1', 'run_1'),
      queryFn: () => new Promise<RunDetail>((resolve) => answers.push(resolve)),
    });
    onTestFinished(observer.subscribe(() => undefined));
    return answers;
  };
  const readingCount = (answers: unknown[], count: number) => vi.waitFor(() => expect(answers).toHaveLength(count), 3_000);

  test('the first answer was made before the run ended: it is read once more', async () => {
    const answers = read();
    await readingCount(answers, 1);
    rememberRun(client, 'ws_1', run('run_1', { status: 'succeeded', finishedAt: '2026-03-12T12:00:01.000Z' }));
    answers[0]?.(detail([]));
    await readingCount(answers, 2);
    answers[1]?.({ ...detail([]), status: 'succeeded' });
    await vi.waitFor(() => expect(shown()?.status).toBe('succeeded'));
  });

  test('a later answer was made before a step began: it is read once more', async () => {
    client.setQueryData(runKeys.one('ws_1', 'run_1'), detail([]));
    const answers = read();
    await readingCount(answers, 1);
    rememberEntries(client, 'ws_1', 'run_1', [entry('a', 'started')]);
    answers[0]?.(detail([]));
    await readingCount(answers, 2);
    answers[1]?.(detail([entry('a', 'started')]));
    await vi.waitFor(() => expect(shown()?.entries).toHaveLength(1));
  });
});
