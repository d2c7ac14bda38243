import { statSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { emptyFlow, type FlowDocument } from '@weft/flow';
import { temporaryStore } from '../../test/temporary-store.ts';
import { createVersionDocuments } from '../stores/flows/version-documents.ts';
import { createSqliteSubstrate } from '../substrate/sqlite/sqlite-substrate.ts';
import { pruneRuns } from './prune-runs.ts';
import { createRetention } from './retention.ts';

const dayMs = 86_400_000;
const now = Date.parse('2026-06-01T12:00:00Z');

let given: ReturnType<typeof temporaryStore>;
let count = 0;
beforeEach(() => {
  given = temporaryStore();
  // Flows need no workspace here.
  given.db.$client.pragma('foreign_keys = OFF');
  addFlow('flow_a');
  addFlow('flow_b');
});
afterEach(() => given.dispose());

function addFlow(id: string): void {
  given.db.$client
    .prepare(
      `insert into flows (id, workspace_id, title, connectors, connection_ids, revision, enabled, unpublished_changes, created_at, updated_at, draft)
        values (?, 'ws', 'Flow', '[]', '[]', 1, 1, 0, 0, 0, '{}')`,
    )
    .run(id);
}

/** As the substrate leaves a run that ended so many days ago. */
function addRun(
  flowId: string,
  daysAgo: number,
  changes: { status?: string; name?: string; pinned?: boolean; mode?: string; versionId?: string; payload?: string } = {},
): string {
  const { status = 'succeeded', name = null, pinned = null, mode = 'live', versionId = 'ver_1', payload = '{}' } = changes;
  const at = now - daysAgo * dayMs;
  const time = at.toString(16).padStart(12, '0');
  const id = `run_${time.slice(0, 8)}-${time.slice(8)}-7${String((count += 1)).padStart(3, '0')}-8000-000000000000`;
  const db = given.db.$client;
  db.prepare(
    `insert into runs (id, workspace_id, flow_id, version_id, mode, status, epoch, created_at, finished_at, event_id, name, pinned, payload)
      values (?, 'ws', ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?)`,
  ).run(id, flowId, versionId, mode, status, at, status === 'running' ? null : at + 5, `event-${id}`, name, pinned === null ? null : Number(pinned), payload);
  db.prepare('insert into run_journal (run_id, entries) values (?, ?)').run(id, '[]');
  db.prepare('insert into run_events (flow_id, event_id, run_id, at) values (?, ?, ?, ?)').run(flowId, `event-${id}`, id, at);
  return id;
}

const left = (flowId: string) => given.db.$client.prepare<[string], string>('select id from runs where flow_id = ? order by id').pluck().all(flowId);
const rows = (table: string) => given.db.$client.prepare<[], number>(`select count(*) from ${table}`).pluck().get();

const retention = (installation: { retentionDays?: number | null; retentionRuns?: number | null }, own: Record<string, FlowDocument['settings']> = {}) =>
  createRetention({
    db: given.db,
    log: pino({ level: 'silent' }),
    settings: () => ({ retentionDays: null, retentionRuns: null, ...installation }),
    settingsOf: async (_workspaceId, flowId) => own[flowId],
    now: () => now,
  });

test('runs that ended before the days that are kept go, with their journal; younger ones stay', async () => {
  const old = [40, 31].map((days) => addRun('flow_a', days));
  const young = [29, 1, 0].map((days) => addRun('flow_a', days));
  expect(await retention({ retentionDays: 30 }).sweep()).toBe(old.length);
  expect(left('flow_a')).toEqual(young);
  expect(rows('run_journal')).toBe(young.length);
});

test('of more runs than are kept the newest stay', async () => {
  const all = Array.from({ length: 25 }, (_, at) => addRun('flow_a', 25 - at));
  addRun('flow_b', 3);
  expect(await retention({ retentionRuns: 10 }).sweep()).toBe(15);
  expect(left('flow_a')).toEqual(all.slice(15));
  expect(left('flow_b')).toHaveLength(1);
});

test('what a flow says counts before what the installation says', async () => {
  for (const flow of ['flow_a', 'flow_b']) for (const days of [20, 8, 1]) addRun(flow, days);
  await retention({ retentionDays: 10 }, { flow_b: { retention: { days: 5, runs: 1 } } }).sweep();
  expect(left('flow_a')).toHaveLength(2);
  expect(left('flow_b')).toHaveLength(1);
});

test('pinned and named runs stay, and so does what has not ended', async () => {
  const kept = [
    addRun('flow_a', 99, { pinned: true }),
    addRun('flow_a', 98, { name: 'The one with the umlauts' }),
    addRun('flow_a', 97, { status: 'running' }),
  ];
  const unpinned = addRun('flow_a', 96, { pinned: false });
  await retention({ retentionDays: 1, retentionRuns: 1 }).sweep();
  expect(left('flow_a')).toEqual(kept);
  expect(kept).not.toContain(unpinned);
});

test('a sender’s repeat of an event starts no second run although the first one has been deleted', async () => {
  const substrate = createSqliteSubstrate({ database: given.db.$client, now: () => now });
  await substrate.open();
  const pruned = addRun('flow_a', 2);
  await retention({ retentionDays: 1 }).sweep();
  const again = {
    runId: 'run_z',
    workspaceId: 'ws',
    flowId: 'flow_a',
    versionId: 'ver_1',
    mode: 'live' as const,
    payload: {},
    eventId: `event-${pruned}`,
    createdAt: now,
  };
  expect(await substrate.start(again)).toEqual({ created: false, runId: pruned });
  await substrate.close();
});

test('the document of a test run goes with the last run that was made with it', async () => {
  const document = given.db.$client.prepare("insert into run_documents (id, workspace_id, document, created_at) values (?, 'ws', '{}', 0)");
  for (const id of ['doc_shared', 'doc_old']) document.run(id);
  addRun('flow_a', 50, { mode: 'test', versionId: 'doc_shared' });
  addRun('flow_a', 50, { mode: 'test', versionId: 'doc_old' });
  addRun('flow_a', 1, { mode: 'test', versionId: 'doc_shared' });
  await retention({ retentionDays: 30 }).sweep();
  expect(given.db.$client.prepare('select id from run_documents').pluck().all()).toEqual(['doc_shared']);
});

test('all that belongs to a run goes with it, and nothing of a run that stays', async () => {
  const [old, young] = [addRun('flow_a', 40), addRun('flow_a', 1)];
  const leave = (run: string) => {
    const values: Record<string, string> = {
      run_waits: '(run_id, workspace_id, step_key) values (?, ?, ?)',
      stream_progress: "(run_id, step_key, progress) values (?, ?, ? || '{}')",
      dead_letters: "(run_id, workspace_id, flow_id, step_key, batch, idx, origin_run_id, at, error, record) values (?, ?, ?, 'each', 0, 0, '', 0, '{}', '{}')",
      letter_runs: "(run_id, letters) values (?, ? || ?)",
      approvals: "(run_id, workspace_id, id, flow_id, step_key, mode, status, question, assignees, requested_at, shown) values (?, ?, hex(randomblob(8)) || ?, '', 'ask', 'live', 'approved', '', '{}', 0, '{}')",
      blob_uses: '(run_id, sha256) values (?, ? || ?)',
    };
    for (const [table, columns] of Object.entries(values)) given.db.$client.prepare(`insert into ${table} ${columns}`).run(run, 'ws', 'flow_a');
    return Object.keys(values);
  };
  const tables = [...leave(old), 'run_journal'];
  leave(young);
  await retention({ retentionDays: 30 }).sweep();
  const owners = tables.map((table) => [table, given.db.$client.prepare(`select run_id from ${table}`).pluck().all()]);
  expect(owners).toEqual(tables.map((table) => [table, [young]]));
});

test('a run stays while another one does it or its failed records again', async () => {
  const origin = addRun('flow_a', 40);
  const again = addRun('flow_a', 0, { status: 'running' });
  given.db.$client.prepare('update runs set replay_of = ? where id = ?').run(origin, again);
  const sweep = () => retention({ retentionDays: 30 }).sweep();
  expect(await sweep()).toBe(0);
  given.db.$client.prepare("update runs set status = 'succeeded', finished_at = ? where id = ?").run(now, again);
  expect(await sweep()).toBe(1);
  expect(left('flow_a')).toEqual([again]);
});

test('a document that a test run is about to be started with stays', async () => {
  const documents = createVersionDocuments(given.db, () => now);
  const document = emptyFlow('Tried');
  const versionId = await documents.keep('ws', document);
  given.db.$client.prepare('update run_documents set created_at = 0').run();
  addRun('flow_a', 50, { mode: 'test', versionId });
  await documents.keep('ws', document);
  await retention({ retentionDays: 30 }).sweep();
  expect(left('flow_a')).toEqual([]);
  expect(createVersionDocuments(given.db).find(versionId)).not.toBeNull();
});

test('thousands go in small batches, others work in between, and the space is given back', async () => {
  given.db.$client.transaction(() => {
    for (let at = 0; at < 3_000; at += 1) addRun('flow_a', 40, { payload: JSON.stringify('x'.repeat(3_000)) });
  })();
  const file = join(given.folder, 'weft.sqlite');
  given.db.$client.pragma('wal_checkpoint(TRUNCATE)');
  const before = statSync(file).size;
  const old = retention({ retentionDays: 30 });
  let turns = 0;
  const other = setInterval(() => (turns += 1), 1);
  expect(await old.sweep()).toBe(3_000);
  clearInterval(other);
  expect(turns).toBeGreaterThan(5);
  given.db.$client.pragma('wal_checkpoint(TRUNCATE)');
  expect(statSync(file).size).toBeLessThan(before / 2);
});

test('a run with very many failed records goes in small batches too', async () => {
  const run = addRun('flow_a', 40);
  given.db.$client
    .prepare(
      `with recursive n(i) as (select 1 union all select i + 1 from n where i < 5000)
        insert into dead_letters (run_id, workspace_id, flow_id, step_key, batch, idx, origin_run_id, at, error, record)
          select ?, 'ws', 'flow_a', 'each', 0, i, ?, 0, '{}', '{}' from n`,
    )
    .run(run, run);
  const leftAtPauses: unknown[] = [];
  await pruneRuns('flow_a', { days: 30, runs: null }, {
    db: given.db,
    now,
    stopping: () => false,
    pause: async () => void leftAtPauses.push(rows('dead_letters')),
  });
  expect(leftAtPauses).toEqual([4_000, 3_000, 2_000, 1_000, 0]);
  expect(left('flow_a')).toEqual([]);
});

test('a sweep ends when the server stops', async () => {
  for (let at = 0; at < 200; at += 1) addRun('flow_a', 40);
  const old = retention({ retentionDays: 30 });
  const sweep = old.sweep();
  await old.close();
  expect(await sweep).toBeLessThan(200);
  expect(left('flow_a').length).toBeGreaterThan(0);
});
