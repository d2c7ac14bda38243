import { afterEach, expect, test } from 'vitest';
import { temporaryStore } from '../../../test/temporary-store.ts';
import { newId } from '../../db/ids.ts';
import { createSqliteSubstrate } from './sqlite-substrate.ts';

const disposals: (() => void)[] = [];
afterEach(() => {
  for (const dispose of disposals.splice(0)) dispose();
});

/** Rows as a paused flow leaves them; going through `start` would take longer than the test. */
function fillQueue(database: ReturnType<typeof temporaryStore>['db']['$client'], count: number, key?: string): void {
  const insert = database.prepare(
    `insert into runs (id, workspace_id, flow_id, version_id, mode, status, epoch, created_at, payload, run_key, held)
      values (?, 'ws_1', 'flow_full', 'ver_1', 'live', 'queued', 0, 1, '{}', ?, ?)`,
  );
  database.transaction(() => {
    for (let at = 0; at < count; at += 1) insert.run(newId('run'), key ?? null, key !== undefined && at > 0 ? 1 : null);
  })();
}

test('a claim, a start and an end look into the indexes of the queue only, however long it is', () => {
  const { db, dispose } = temporaryStore();
  disposals.push(dispose);
  const planOf = (sql: string) => db.$client.prepare<[], { detail: string }>(`explain query plan ${sql}`).all().map(({ detail }) => detail).join('; ');
  const ready = planOf(
    "select * from runs where status = 'queued' and workspace_id = 'w' and flow_id = 'f' and version_id = 'v' and mode = 'live' and held is null order by id limit 5",
  );
  expect(ready).toContain('USING INDEX runs_queued (workspace_id=? AND flow_id=? AND version_id=? AND mode=? AND held=?)');
  expect(ready).not.toContain('TEMP B-TREE');
  const ofKey = (held: string) => planOf(
    `select id from runs where run_key is not null and status in ('queued', 'running', 'waiting') and flow_id = 'f' and run_key = 'k' and held ${held} order by id limit 1`,
  );
  for (const held of ['is null', '= 1']) {
    expect(ofKey(held)).toContain('runs_keyed (flow_id=? AND run_key=? AND held=?)');
    expect(ofKey(held)).not.toContain('TEMP B-TREE');
  }
  expect(planOf(
    "select workspace_id, flow_id, version_id, mode, count(*), sum(held is null) from runs where status = 'queued' group by workspace_id, flow_id, version_id, mode",
  )).toContain('COVERING INDEX runs_queued');
});

test('behind a hundred thousand runs of a paused flow, and of one key, another flow’s run begins with the next claim', async () => {
  const { db, dispose } = temporaryStore();
  disposals.push(dispose);
  fillQueue(db.$client, 50_000);
  fillQueue(db.$client, 50_000, '"C-7"');
  const substrate = createSqliteSubstrate({
    database: db.$client,
    rules: { holdOn: ({ flowId }) => (flowId === 'flow_full' ? { kind: 'paused' } : undefined) },
  });
  await substrate.open();
  expect(substrate.counts()).toEqual({ queued: 100_000, running: 0 });
  const run = { runId: newId('run'), workspaceId: 'ws_1', flowId: 'flow_free', versionId: 'ver_9', mode: 'live' as const, payload: {}, createdAt: 2 };
  await substrate.start(run);
  expect((await substrate.claim(100)).map(({ run: claimed }) => claimed.runId)).toEqual([run.runId]);
  expect(substrate.mayClaim()).toBe(false);
  await substrate.close();
});

test('a queued run whose row is gone keeps no other run from its turn', async () => {
  const { db, dispose } = temporaryStore();
  disposals.push(dispose);
  const substrate = createSqliteSubstrate({ database: db.$client });
  await substrate.open();
  const runOf = (flowId: string) => ({
    runId: newId('run'),
    workspaceId: 'ws_1',
    flowId,
    versionId: 'ver_1',
    mode: 'live' as const,
    payload: {},
    createdAt: 2,
  });
  const [gone, next] = [runOf('flow_a'), runOf('flow_b')];
  for (const run of [gone, next]) await substrate.start(run);
  db.$client.prepare('delete from runs where id = ?').run(gone.runId);
  expect((await substrate.claim(10)).map(({ run }) => run.runId)).toEqual([next.runId]);
  expect(substrate.counts()).toEqual({ queued: 0, running: 1 });
  await substrate.close();
});

test('what an undone write had counted is counted anew', async () => {
  const { db, dispose } = temporaryStore();
  disposals.push(dispose);
  const substrate = createSqliteSubstrate({ database: db.$client, rules: { holdOn: () => ({ kind: 'paused' }) } });
  await substrate.open();
  const run = { runId: newId('run'), workspaceId: 'ws_1', flowId: 'flow_a', versionId: 'ver_1', mode: 'live' as const, payload: {}, createdAt: 2 };
  db.$client.exec("create trigger broken before insert on run_events begin select raise(abort, 'broken'); end");
  const move = { name: 'orders', from: 0, to: 'A-1' };
  await expect(substrate.startTogether([run], move, [{ flowId: 'flow_a', eventId: 'e-1', runId: run.runId }])).rejects.toThrow('broken');
  await substrate.claim(10);
  expect(substrate.counts()).toEqual({ queued: 0, running: 0 });
  await substrate.close();
});
