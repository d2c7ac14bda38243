import { join } from 'node:path';
import type { Lease, NewRun, Substrate } from '@weft/engine';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryStore } from '../../../test/temporary-store.ts';
import { createSqliteSubstrate } from './sqlite-substrate.ts';

let store: ReturnType<typeof temporaryStore>;
let clock: number;
let substrate: Substrate;

beforeEach(async () => {
  store = temporaryStore();
  clock = 1_000_000;
  await nextProcess();
});
afterEach(() => store.dispose());

/** The one before it is gone without a word, as a process is that was killed. */
async function nextProcess(): Promise<void> {
  substrate = createSqliteSubstrate({ database: store.db.$client, now: () => clock });
  await substrate.open();
}

const runOf = (name: string): NewRun => ({
  runId: `run_${name}`,
  workspaceId: 'ws_1',
  flowId: 'flow_1',
  versionId: 'ver_1',
  mode: 'live',
  payload: {},
  createdAt: 1,
});
const started = (stepKey: string) => ({ stepKey, attempt: 1, kind: 'started' as const, at: 1 });

/** Begins what may begin now. */
async function begun(): Promise<Lease[]> {
  await substrate.wake(clock);
  return substrate.claim(100);
}
const idsOf = (leases: Lease[]) => leases.map(({ run, refused }) => (refused ? `${run.runId} refused` : run.runId));

test('a run in progress at two crashes begins again alone, after others, and is given up at the fourth', async () => {
  for (const name of ['innocent', 'poison']) await substrate.start(runOf(name));
  for (const lease of await begun()) await substrate.commit(lease, [started('call')]);
  await nextProcess();
  expect(idsOf(await begun())).toEqual(['run_innocent', 'run_poison']);
  await nextProcess();
  expect(idsOf(await begun())).toEqual([]);
  clock += 1_000;
  const [innocent] = await begun();
  expect(innocent?.run.runId).toBe('run_innocent');
  expect(idsOf(await begun())).toEqual([]);
  await substrate.finish(innocent!, { status: 'succeeded', at: clock }, []);
  expect(idsOf(await begun())).toEqual(['run_poison']);
  await nextProcess();
  await substrate.start(runOf('young'));
  expect(idsOf(await begun())).toEqual(['run_young']);
  clock += 2_000;
  expect(idsOf(await begun())).toEqual(['run_poison']);
  await nextProcess();
  expect(idsOf(await begun())).toEqual(['run_poison refused', 'run_young']);
});

test('a run that gets on between crashes is no suspect, however often the process dies', async () => {
  await substrate.start(runOf('long'));
  for (let crash = 0; crash < 6; crash += 1) {
    const [lease] = await begun();
    expect(lease?.run.runId).toBe('run_long');
    await substrate.commit(lease!, [started(`step${crash}`)]);
    await nextProcess();
  }
});

test('a stream that gets on is none either', async () => {
  await substrate.start(runOf('stream'));
  for (let batch = 0; batch < 6; batch += 1) {
    const [lease] = await begun();
    expect(lease?.run.runId).toBe('run_stream');
    const progress = {
      stepKey: 'each',
      cursor: batch,
      batch,
      read: batch,
      succeeded: 0,
      failed: 0,
      skipped: 0,
      sinks: {},
      startedAt: 0,
      at: 0,
      activeMs: 0,
      recordsPerSecond: 0,
      restarts: 0,
      finished: false,
    };
    await substrate.commit(lease!, [], { progress, deadLetters: [] });
    await nextProcess();
  }
});

test('a regular end is no crash: what is left over then is queued at once', async () => {
  await substrate.start(runOf('slow'));
  for (let restart = 0; restart < 6; restart += 1) {
    expect(idsOf(await begun())).toEqual(['run_slow']);
    await substrate.close();
    await nextProcess();
  }
});

test('a suspect that works for long without a crash lets the next one begin', async () => {
  for (const name of ['a', 'b']) await substrate.start(runOf(name));
  for (let crash = 0; crash < 2; crash += 1) {
    await begun();
    await nextProcess();
  }
  clock += 1_000;
  expect(idsOf(await begun())).toEqual(['run_a']);
  clock += 10_000;
  expect(idsOf(await begun())).toEqual(['run_b']);
});

test('a start looks at no run that has ended, however long the history is', async () => {
  const said = new Set<string>();
  const database = new Database(join(store.folder, 'weft.sqlite'), { verbose: (sql) => void said.add(String(sql)) });
  const next = createSqliteSubstrate({ database });
  await next.open();
  await next.wake(clock);
  await next.claim(10);
  const plans = [...said]
    .filter((sql) => /\bruns\b/.test(sql))
    .map((sql) => store.db.$client.prepare<[], { detail: string }>(`explain query plan ${sql}`).all());
  expect(plans.length).toBeGreaterThan(5);
  expect(plans.flat().map(({ detail }) => detail)).not.toContainEqual(expect.stringMatching(/^SCAN (runs|r)$/));
  database.close();
});

test('a suspect can be cancelled while it waits for its turn', async () => {
  await substrate.start(runOf('a'));
  for (let crash = 0; crash < 2; crash += 1) {
    await begun();
    await nextProcess();
  }
  expect(await substrate.cancel('run_a', clock)).toBe(true);
  clock += 60_000;
  expect(idsOf(await begun())).toEqual([]);
  expect(substrate.counts()).toEqual({ queued: 0, running: 0 });
});
