import { LeaseLost, type JournalEntry, type NewRun } from '@weft/engine';
import { afterEach, expect, test } from 'vitest';
import { temporaryStore } from '../../../test/temporary-store.ts';
import { newId } from '../../db/ids.ts';
import { createSqliteSubstrate } from './sqlite-substrate.ts';

const disposals: (() => void)[] = [];
afterEach(() => {
  for (const dispose of disposals.splice(0)) dispose();
});

async function openStore(now?: () => number) {
  const { db, dispose } = temporaryStore();
  disposals.push(dispose);
  const substrate = createSqliteSubstrate({ database: db.$client, now });
  await substrate.open();
  return { database: db.$client, substrate };
}

const newRun = (extras: Partial<NewRun> = {}): NewRun => ({
  runId: newId('run'),
  workspaceId: 'ws_1',
  flowId: 'flow_1',
  versionId: 'ver_1',
  mode: 'live',
  payload: { body: { order: 1 } },
  createdAt: 1_000,
  ...extras,
});

const succeeded = (stepKey: string, extras: Partial<JournalEntry> = {}): JournalEntry => ({
  stepKey,
  attempt: 1,
  kind: 'succeeded',
  at: 1,
  ...extras,
});

test('a leased run is on disk with its first commit, not before', async () => {
  const { database, substrate } = await openStore();
  const count = database.prepare<[], number>('select count(*) from runs').pluck();
  const { lease } = await substrate.start(newRun(), { lease: true });
  expect(count.get()).toBe(0);
  await substrate.commit(lease!, [succeeded('trigger')]);
  expect(count.get()).toBe(1);
});

test('a run without effects is one row', async () => {
  const { database, substrate } = await openStore();
  const run = newRun();
  const { lease } = await substrate.start(run, { lease: true });
  const entries = [succeeded('trigger', { output: run.payload }), succeeded('respond', { output: { status: 200 } })];
  const answer = { status: 200, headers: {}, body: { ok: true } };
  await substrate.finish(lease!, { status: 'succeeded', at: 5, answer }, entries);
  expect(database.prepare('select count(*) from run_journal').pluck().get()).toBe(0);
  expect(database.prepare('select status, finished_at, answer from runs').get()).toEqual({
    status: 'succeeded',
    finished_at: 5,
    answer: JSON.stringify(answer),
  });
  expect((await substrate.load(run.runId)).entries).toEqual(entries);
});

test('a buffered run that is cancelled stays cancelled, and its lease is lost', async () => {
  const { substrate } = await openStore();
  const run = newRun();
  const { lease } = await substrate.start(run, { lease: true });
  expect(await substrate.cancel(run.runId, 9)).toBe(true);
  await expect(substrate.finish(lease!, { status: 'succeeded', at: 10 }, [])).rejects.toThrow(LeaseLost);
  expect(await substrate.cancel(run.runId, 11)).toBe(false);
});

test('an event that comes twice at the same moment starts one run, whichever way it is started', async () => {
  const { substrate } = await openStore();
  const [first, second] = [newRun({ eventId: 'e1' }), newRun({ eventId: 'e1' })];
  const { lease } = await substrate.start(first, { lease: true });
  const waiting = substrate.start(second, { lease: true });
  await substrate.finish(lease!, { status: 'succeeded', at: 2 }, []);
  expect(await waiting).toEqual({ created: false, runId: first.runId });

  const both = await Promise.all([
    substrate.start(newRun({ eventId: 'e2' })),
    substrate.start(newRun({ eventId: 'e2' }), { lease: true }),
  ]);
  expect(both.map(({ created }) => created)).toEqual([true, false]);
});

test('an event is new again after seven days', async () => {
  let now = 1_000;
  const { substrate } = await openStore(() => now);
  await substrate.start(newRun({ eventId: 'e', createdAt: now }));
  now += 8 * 24 * 3_600_000;
  expect(await substrate.start(newRun({ eventId: 'e', createdAt: now }))).toMatchObject({ created: true });
});

test('the next process takes over what the last one left, and the last one can write no more', async () => {
  const { database, substrate } = await openStore();
  const run = newRun();
  const { lease } = await substrate.start(run, { lease: true });
  await substrate.commit(lease!, [succeeded('trigger', { output: run.payload })]);

  const next = createSqliteSubstrate({ database });
  await next.open();
  await expect(substrate.commit(lease!, [succeeded('late')])).rejects.toThrow(LeaseLost);
  const [taken] = await next.claim(10);
  expect(taken).toMatchObject({ run, resumed: true });
  expect((await next.load(run.runId)).entries.map(({ stepKey }) => stepKey)).toEqual(['trigger']);
});

test('finished live runs are counted by day, test runs are not', async () => {
  const { database, substrate } = await openStore();
  const day = 86_400_000;
  for (const [mode, status, at] of [
    ['live', 'succeeded', 1],
    ['live', 'failed', 2],
    ['live', 'succeeded', day],
    ['test', 'failed', 3],
  ] as const) {
    const { lease } = await substrate.start(newRun({ mode }), { lease: true });
    await substrate.finish(lease!, { status, at }, []);
  }
  expect(database.prepare('select day, succeeded, failed from run_days order by day').all()).toEqual([
    { day: 0, succeeded: 1, failed: 1 },
    { day: 1, succeeded: 1, failed: 0 },
  ]);
});

test('a first commit that fails may be tried again, and its event stays taken meanwhile', async () => {
  const { database, substrate } = await openStore();
  const run = newRun({ eventId: 'e' });
  const { lease } = await substrate.start(run, { lease: true });
  database.exec('create trigger full before insert on runs begin select raise(abort, \'disk full\'); end');
  await expect(substrate.finish(lease!, { status: 'succeeded', at: 2 }, [])).rejects.toThrow('disk full');
  const waiting = substrate.start(newRun({ eventId: 'e' }), { lease: true });
  database.exec('drop trigger full');
  await substrate.finish(lease!, { status: 'succeeded', at: 3 }, []);
  expect(await waiting).toEqual({ created: false, runId: run.runId });
  expect(database.prepare('select finished_at from runs').pluck().all()).toEqual([3]);
});

test('of thousands that are due at one moment some are woken at a time, and all in the end', async () => {
  const { database, substrate } = await openStore();
  const many = 'with recursive n(i) as (select 1 union all select i + 1 from n where i < 1200)';
  database.exec(
    `${many} insert into runs (id, workspace_id, flow_id, version_id, mode, status, epoch, created_at, payload)
      select 'run_' || i, 'ws', 'flow', 'ver', 'live', 'waiting', 1, 1, '{}' from n;
    ${many} insert into run_waits (run_id, workspace_id, step_key, until) select 'run_' || i, 'ws', 'wait', i from n;`,
  );
  const queued: number[] = [];
  for (let next: number | undefined = 0; next !== undefined && next <= 2_000; ) {
    next = await substrate.wake(2_000);
    queued.push(substrate.counts().queued);
  }
  expect(queued).toEqual([500, 1_000, 1_200]);
});

test('old events go a few at a time: no start waits until all of them are gone', async () => {
  const { database, substrate } = await openStore();
  await substrate.close();
  database.exec(
    "with recursive n(i) as (select 1 union all select i + 1 from n where i < 12000) insert into run_events (flow_id, event_id, run_id, at) select 'flow', 'e' || i, 'run', i from n",
  );
  const left = [];
  for (let start = 0; start < 3; start += 1) {
    const next = createSqliteSubstrate({ database });
    await next.open();
    left.push(database.prepare('select count(*) from run_events').pluck().get());
    await next.close();
  }
  expect(left).toEqual([7_000, 2_000, 0]);
});

test('a signal that no run waits for goes after a month; one that a run waits for stays, however long the run is held back', async () => {
  let now = 0;
  const { database, substrate } = await openStore(() => now);
  const wait = { stepKey: 'hold', signals: [{ name: 'step:flow_1/hold', key: 'wanted' }] };
  const { lease } = await substrate.start(newRun(), { lease: true });
  await substrate.park(lease!, [wait], []);
  for (const key of ['wanted', 'unwanted']) await substrate.signal({ workspaceId: 'ws_1', name: 'step:flow_1/hold', key, payload: {}, at: now });
  now = 31 * 24 * 3_600_000;
  await substrate.open();
  expect(database.prepare('select key from signals').pluck().all()).toEqual(['wanted']);
});
