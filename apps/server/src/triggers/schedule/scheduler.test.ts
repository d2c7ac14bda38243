import { connectors } from '@weft/connectors';
import { catalogueOf, emptyFlow, type FlowDocument } from '@weft/flow';
import { pino } from 'pino';
import { afterEach, expect, test } from 'vitest';
import { temporaryStore } from '../../../test/temporary-store.ts';
import { commit } from '../../db/commit.ts';
import { createSqliteSubstrate } from '../../substrate/sqlite/sqlite-substrate.ts';
import { scheduleStatements } from './schedule-statements.ts';
import { createScheduler, dueMoment } from './scheduler.ts';

const disposals: (() => void)[] = [];
afterEach(() => {
  for (const dispose of disposals.splice(0).toReversed()) dispose();
});

const catalogue = catalogueOf(connectors.map(({ descriptor }) => descriptor));
const at = (text: string) => Date.parse(text);
const never = new Promise<never>(() => undefined);

function everyMinute(missed: 'once' | 'skip' = 'once'): FlowDocument {
  const use = { connector: 'schedule', version: '1.0.0', operation: 'cron' };
  const trigger = { kind: 'trigger' as const, title: 'Each minute', use, config: { cron: '* * * * *', timezone: 'UTC', missed } };
  return { ...emptyFlow('Tick'), steps: { trigger } };
}

/** One process on a database: its scheduler, its substrate, and a clock that is set by hand. */
async function start(store: ReturnType<typeof temporaryStore>, clock: { now: number }) {
  const substrate = createSqliteSubstrate({ database: store.db.$client, now: () => clock.now });
  await substrate.open();
  const begin = substrate.start;
  const scheduler = createScheduler({
    db: store.db,
    engine: { start: async (run) => ({ ...(await begin(run)), answer: never, finished: never }) },
    versionOf: () => 'ver_1',
    log: pino({ level: 'silent' }),
    now: () => clock.now,
  });
  disposals.push(() => scheduler.close());
  const moments = store.db.$client.prepare<[], string>("select payload ->> '$.scheduledAt' from runs order by created_at, id").pluck();
  return { scheduler, moments: () => moments.all() };
}

async function publish(store: ReturnType<typeof temporaryStore>, now: number, running = true, missed: 'once' | 'skip' = 'once'): Promise<void> {
  const state = { workspaceId: 'ws_1', flowId: 'flow_1', running: running ? { versionId: 'ver_1', document: everyMinute(missed) } : null };
  await commit(store.db, scheduleStatements(store.db, catalogue, state, now));
}

function openStore() {
  const store = temporaryStore();
  disposals.push(store.dispose);
  return store;
}

test('a moment before the activation never fires, the next one fires once', async () => {
  const store = openStore();
  const clock = { now: at('2026-03-02T07:00:30Z') };
  await publish(store, clock.now);
  const { scheduler, moments } = await start(store, clock);
  scheduler.refresh();
  clock.now = at('2026-03-02T07:01:00Z');
  scheduler.refresh();
  await expect.poll(moments).toEqual(['2026-03-02T07:01:00.000Z']);
  scheduler.refresh();
  clock.now = at('2026-03-02T07:02:10Z');
  scheduler.refresh();
  await expect.poll(moments).toEqual(['2026-03-02T07:01:00.000Z', '2026-03-02T07:02:00.000Z']);
});

test('after a restart the last missed moment is made up for, once, also when two processes look', async () => {
  const store = openStore();
  const clock = { now: at('2026-03-02T07:00:30Z') };
  await publish(store, clock.now);
  clock.now = at('2026-03-02T09:30:20Z');
  const first = await start(store, clock);
  const second = await start(store, clock);
  first.scheduler.refresh();
  second.scheduler.refresh();
  await expect.poll(first.moments).toEqual(['2026-03-02T09:30:00.000Z']);
  clock.now = at('2026-03-02T09:31:00Z');
  first.scheduler.refresh();
  second.scheduler.refresh();
  await expect.poll(first.moments).toEqual(['2026-03-02T09:30:00.000Z', '2026-03-02T09:31:00.000Z']);
});

test('a clock that was a day ahead for a while does not silence a schedule, and what has fired does not fire again', async () => {
  const store = openStore();
  const clock = { now: at('2026-03-02T07:00:30Z') };
  await publish(store, clock.now);
  const { scheduler, moments } = await start(store, clock);
  clock.now = at('2026-03-03T07:01:05Z');
  scheduler.refresh();
  await expect.poll(moments).toEqual(['2026-03-03T07:01:00.000Z']);
  clock.now = at('2026-03-02T07:01:10Z');
  scheduler.refresh();
  clock.now = at('2026-03-02T07:02:10Z');
  scheduler.refresh();
  await expect.poll(moments).toEqual(['2026-03-02T07:02:00.000Z', '2026-03-03T07:01:00.000Z']);
  clock.now = at('2026-03-03T07:01:20Z');
  scheduler.refresh();
  clock.now = at('2026-03-03T07:02:00Z');
  scheduler.refresh();
  await expect.poll(moments).toEqual(['2026-03-02T07:02:00.000Z', '2026-03-03T07:01:00.000Z', '2026-03-03T07:02:00.000Z']);
});

test('a schedule may pass over what was missed, and goes on with the next moment', async () => {
  const store = openStore();
  const clock = { now: at('2026-03-02T07:00:30Z') };
  await publish(store, clock.now, true, 'skip');
  clock.now = at('2026-03-02T09:31:20Z');
  const { scheduler, moments } = await start(store, clock);
  clock.now = at('2026-03-02T09:33:10Z');
  scheduler.refresh();
  await expect.poll(moments).toEqual(['2026-03-02T09:33:00.000Z']);
  clock.now = at('2026-03-02T12:02:01Z');
  scheduler.refresh();
  await expect.poll(moments).toEqual(['2026-03-02T09:33:00.000Z', '2026-03-02T12:02:00.000Z']);
});

test('a schedule that could not start its run says why, and tries again', async () => {
  const store = openStore();
  const clock = { now: at('2026-03-02T07:00:30Z') };
  await publish(store, clock.now);
  const told: string[] = [];
  let full = true;
  const scheduler = createScheduler({
    db: store.db,
    engine: {
      start: async (run) => (full ? Promise.reject(new Error('The queue is full.')) : { created: true, runId: run.runId, answer: never, finished: never }),
    },
    versionOf: () => 'ver_1',
    log: pino({ level: 'silent' }),
    ticked: (_workspace, flowId) => void told.push(flowId),
    now: () => clock.now,
  });
  disposals.push(() => scheduler.close());
  const state = store.db.$client.prepare<[], { last_tick: number | null; error: string | null }>('select last_tick, error from schedules');
  clock.now = at('2026-03-02T07:01:00Z');
  scheduler.refresh();
  await expect.poll(() => state.get()).toEqual({ last_tick: null, error: 'The queue is full.' });
  full = false;
  scheduler.refresh();
  await expect.poll(() => state.get()).toEqual({ last_tick: at('2026-03-02T07:01:00Z'), error: null });
  expect(told).toEqual(['flow_1', 'flow_1']);
});

test('a flow that is switched off has no schedule', async () => {
  const store = openStore();
  await publish(store, at('2026-03-02T07:00:30Z'));
  await publish(store, at('2026-03-02T07:00:40Z'), false);
  expect(store.db.$client.prepare('select count(*) from schedules').pluck().get()).toBe(0);
});

test('the moment follows the time zone, also over the change of the clocks', () => {
  const daily = { cron: '0 7 * * *', timezone: 'Europe/Oslo', lastTick: null };
  const due = (activeSince: string, now: string) => {
    const { latest, next } = dueMoment({ ...daily, activeSince: at(activeSince) }, at(now));
    return [latest, next].map((moment) => moment && new Date(moment).toISOString());
  };
  expect(due('2026-03-28T12:00:00Z', '2026-03-28T13:00:00Z')).toEqual([undefined, '2026-03-29T05:00:00.000Z']);
  expect(due('2026-03-27T12:00:00Z', '2026-03-28T13:00:00Z')).toEqual(['2026-03-28T06:00:00.000Z', '2026-03-29T05:00:00.000Z']);
  expect(due('2025-03-27T12:00:00Z', '2026-03-28T13:00:00Z')).toEqual(['2026-03-28T06:00:00.000Z', '2026-03-29T05:00:00.000Z']);
});

test('a schedule that never comes is left alone', () => {
  expect(dueMoment({ cron: '0 0 30 2 *', timezone: 'UTC', activeSince: 0, lastTick: null }, at('2026-03-02T07:00:00Z'))).toEqual({
    latest: undefined,
    next: undefined,
  });
});
