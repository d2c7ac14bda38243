import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Step } from '@weft/flow';
import { flowOf, publishFlow } from '../../../test/flow-parts.ts';
import { type Person, startWeft, type TestWeft } from '../../../test/weft.ts';
import type { Backfill, BackfillPreview, Page, RunDetail, RunSummary, TriggerState } from '@weft/api';

let weft: TestWeft;
let ada: Person;

beforeAll(async () => {
  weft = await startWeft();
  ada = await weft.claim();
});
afterAll(() => weft.stop());

const schedule = (cron: string): Step => ({
  kind: 'trigger',
  title: 'Each morning',
  use: { connector: 'schedule', version: '1.0.0', operation: 'cron' },
  config: { cron, timezone: 'Europe/Oslo' },
});
const publish = (cron: string) => publishFlow(ada, flowOf({ trigger: schedule(cron) }));
const preview = async (base: string, from: string, to: string) => ada.send<BackfillPreview>('POST', `${base}/backfills/preview`, { from, to });
const latest = async (base: string) => (await ada.send<Backfill[]>('GET', `${base}/backfills`)).body[0];

async function scheduledMoments(flowId: string): Promise<unknown[]> {
  const moments: unknown[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: Page<RunSummary> = (await ada.send<Page<RunSummary>>('GET', `/w/${ada.workspace}/runs?flow=${flowId}${cursor && `&cursor=${cursor}`}`)).body;
    for (const { id } of page.items) {
      moments.push(((await ada.send<RunDetail>('GET', `/w/${ada.workspace}/runs/${id}`)).body.payload as { scheduledAt: string }).scheduledAt);
    }
    cursor = page.next;
  }
  return moments.toReversed();
}

test('a schedule is made up for, a run for each moment of the time that was chosen, over the change of the clocks', async () => {
  const { id, base } = await publish('0 7 * * *');
  const [from, to] = ['2026-03-27T06:00:00.000Z', '2026-03-30T05:00:00.000Z'];
  expect((await preview(base, from, to)).body).toEqual({ total: 4, tooMany: false, most: 1_000, first: from, last: to });
  expect((await ada.send<Backfill>('POST', `${base}/backfills`, { from, to })).body).toMatchObject({ status: 'running', total: 4 });
  await expect.poll(() => latest(base)).toMatchObject({ status: 'done', done: 4 });
  expect(await scheduledMoments(id)).toEqual([from, '2026-03-28T06:00:00.000Z', '2026-03-29T05:00:00.000Z', to]);
});

test('what would be too much, or lies ahead, is refused with a sentence', async () => {
  const { id, base } = await publish('* * * * *');
  expect((await preview(base, '2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z')).body).toMatchObject({ tooMany: true, most: 1_000 });
  const refused = await Promise.all([
    ada.send('POST', `${base}/backfills`, { from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00Z' }),
    ada.send('POST', `${base}/backfills`, { from: '2026-01-01T00:00:00Z', to: '2126-02-01T00:00:00Z' }),
    ada.send('POST', `${base}/backfills`, { from: '2026-01-02T00:00:00Z', to: '2026-01-01T00:00:00Z' }),
    ada.send('POST', `${base}/backfills`, { from: 'yesterday', to: 'today' }),
  ]);
  expect(refused.map(({ status }) => status)).toEqual([400, 400, 400, 400]);
  expect(refused.map(({ body }) => body.detail).join(' ')).toMatch(/shorter time.*past.*before the beginning.*day and a time/);
  await expect.poll(async () => (await ada.send<Page<RunSummary>>('GET', `/w/${ada.workspace}/runs?flow=${id}`)).body.items.length).toBeLessThanOrEqual(1);
});

test('a process that stops in the middle goes on where it was: every moment once', async () => {
  const { id, base } = await publish('0 * * * *');
  const [from, to] = ['2026-02-01T00:00:00Z', '2026-02-21T23:00:00Z'];
  await ada.send('POST', `${base}/backfills`, { from, to });
  await weft.restart();
  await expect.poll(() => latest(base), { timeout: 10_000 }).toMatchObject({ status: 'done', done: 504, total: 504 });
  const moments = await scheduledMoments(id);
  expect([moments.length, new Set(moments).size]).toEqual([504, 504]);
}, 60_000);

const runsOf = (flowId: string) => reading((db) => db.prepare<[string], number>('select count(*) from runs where flow_id = ?').pluck().get(flowId) ?? 0);

function reading<T>(read: (db: Database.Database) => T): T {
  const db = new Database(join(weft.folder, 'weft.sqlite'), { readonly: true });
  try {
    return read(db);
  } finally {
    db.close();
  }
}

/** It waits in the middle: no run of a paused flow begins, and only so many may wait. */
async function halfDone() {
  const { id, base } = await publish('0 * * * *');
  await ada.send('PATCH', base, { paused: true });
  await ada.send('POST', `${base}/backfills`, { from: '2026-02-01T00:00:00Z', to: '2026-03-10T00:00:00Z' });
  await expect.poll(() => runsOf(id), { timeout: 10_000 }).toBeGreaterThan(500);
  return { id, base, begun: runsOf(id) };
}

test('a flow that is switched off is made up for no further, and the reason is told', async () => {
  const { id, base, begun } = await halfDone();
  await ada.send('PATCH', base, { enabled: false });
  await ada.send('DELETE', `${base}/queue`);
  await expect.poll(() => latest(base)).toMatchObject({ status: 'failed', error: expect.stringMatching(/switched off/) });
  expect(runsOf(id)).toBe(begun);
}, 20_000);

test('of a flow that is deleted nothing is started any more, and nothing is left of how far its past was made up for', async () => {
  const { id, base, begun } = await halfDone();
  await ada.send('DELETE', base);
  const leftOpen = () => reading((db) => db.prepare<[string], number>("select count(*) from runs where flow_id = ? and status = 'queued'").pluck().get(id));
  await expect.poll(leftOpen).toBe(0);
  await weft.restart();
  expect(runsOf(id)).toBe(begun);
  expect(reading((db) => db.prepare('select id from backfills where flow_id = ?').all(id))).toEqual([]);
  expect(reading((db) => db.prepare("select name from cursors where name like 'backfill:%' and substr(name, 10) not in (select id from backfills)")
    .all())).toEqual([]);
}, 20_000);

test('the page of a flow can tell when it starts next', async () => {
  const { base } = await publish('0 7 * * *');
  const state = (await ada.send<TriggerState>('GET', `${base}/trigger`)).body;
  expect(state).toMatchObject({ kind: 'schedule', active: true, lastAt: null, error: null });
  expect(Date.parse(state.nextAt ?? '')).toBeGreaterThan(Date.now());
  await ada.send('PATCH', base, { enabled: false });
  expect((await ada.send<TriggerState>('GET', `${base}/trigger`)).body).toMatchObject({ active: false, nextAt: null });
});
