import { createQueue, createRegistry, type Lane, type NewRun, type QueueReason, type QueueRules } from '@weft/engine';
import type { OpenRow, QueueRow, RunRow, Statements } from './statements.ts';

/**
 * The queue of runs in SQLite: counts in memory, order in an index. A run whose key is taken is `held` in its row, so a claim
 * looks at nothing but runs that may begin, and the end of a run frees the next one of its key with one look at an index.
 * What writes belongs inside a transaction; after one that failed, the counts are read again.
 */
export interface RunQueue {
  /** Why a new run could not begin at once. */
  obstacle(run: NewRun): QueueReason | undefined;
  /** Handed out without standing in the queue. */
  begun(run: NewRun): void;
  /** Its row has just been inserted: it takes its place behind those with its key. */
  entered(run: NewRun): void;
  /** Their rows have just become `queued` again. */
  woken(runIds: readonly string[]): void;
  /** @throws {QueueFull} */
  admit(run: NewRun): void;
  /** The same for several of one flow. */
  admitAll(runs: readonly NewRun[]): void;
  /** Rows whose turn it is, up to so many. */
  take(places: number): RunRow[];
  /** It has ended, or its lease was given up: the next run with its key may begin. Its row is updated already. */
  over(run: Pick<NewRun, 'runId' | 'flowId' | 'key'>): void;
  /** It is parked: its place is free, its key is not. @param isOver - its wait has ended already, and it is queued. */
  parked(run: NewRun, options: { isOver: boolean }): void;
  /** @param row - as it was before. */
  cancelled(row: OpenRow): void;
  /** Reads the counts from the store. */
  reread(): void;
  /** A transaction was undone: the counts may be wrong. */
  doubt(): void;
  /** A run with a key is about to be inserted: until `written` no other run with the key begins. */
  announce(run: NewRun, written: Promise<unknown>): void;
  mayClaim(): boolean;
  counts(): { queued: number; running: number };
  whyQueued(runId: string): QueueReason | undefined;
}

export function createRunQueue(statements: Statements, rules: QueueRules): RunQueue {
  const queue = createQueue(rules);
  /** Runs in progress by flow and key: some of them are not in the store yet. */
  const holders = createRegistry<string>();
  const announced = new Map<string, number>();
  let doubtful = false;

  const laneOf = ({ workspaceId, flowId, versionId, mode }: Lane): Lane => ({ workspaceId, flowId, versionId, mode });
  const keyOf = ({ flowId, key }: Pick<NewRun, 'flowId' | 'key'>): string | undefined => (key === undefined ? undefined : `${flowId} ${key}`);

  /** The run that has this run's key. */
  function ahead({ runId, flowId, key }: NewRun): string | undefined {
    if (key === undefined) return undefined;
    const holder = holders.get(`${flowId} ${key}`) ?? statements.holderOfKey.get(flowId, key)?.id;
    return holder === runId ? undefined : holder;
  }

  function reread(): void {
    doubtful = false;
    queue.reset(statements.countQueued.all().map((row) => ({ ...laneOfRow(row), queued: row.queued, ready: row.ready })));
  }

  function over(run: Pick<NewRun, 'runId' | 'flowId' | 'key'>): void {
    queue.ended(run.runId);
    const key = keyOf(run);
    if (key === undefined || run.key === undefined) return;
    if (holders.get(key) === run.runId) holders.take(key);
    if (holders.has(key) || statements.holderOfKey.get(run.flowId, run.key)) return;
    const next = statements.nextOfKey.get(run.flowId, run.key);
    if (!next) return;
    statements.freeKey.run(next.id);
    queue.becameReady(laneOfRow(next));
  }

  return {
    obstacle(run) {
      const key = keyOf(run);
      const runId = ahead(run);
      if (runId !== undefined) return queue.obstacle(run) ?? { kind: 'key', runId };
      if (key !== undefined && announced.has(key)) return queue.obstacle(run) ?? { kind: 'places' };
      return queue.obstacle(run);
    },
    begun(run) {
      queue.begun(run.runId, laneOf(run));
      const key = keyOf(run);
      if (key !== undefined) holders.set(key, run.runId);
    },
    entered(run) {
      const held = ahead(run) !== undefined;
      if (run.key !== undefined) statements.setKey.run(run.key, held ? 1 : null, run.runId);
      queue.entered(laneOf(run), { ready: !held });
    },
    woken(runIds) {
      for (const runId of runIds) {
        const row = statements.queuedRun.get(runId);
        if (row) queue.entered(laneOfRow(row), { ready: true });
      }
    },
    admit: (run) => queue.admit(run),
    admitAll(runs) {
      for (const [others, run] of runs.entries()) queue.admit(run, others);
    },
    take(places) {
      if (doubtful) reread();
      const taken: RunRow[] = [];
      let isExact = false;
      for (let turn = queue.next(); turn && taken.length < places; turn = queue.next()) {
        const { workspaceId, flowId, versionId, mode } = turn.lane;
        const rows = statements.readyRuns.all(workspaceId, flowId, versionId, mode, Math.min(turn.atMost, places - taken.length));
        if (rows.length === 0) {
          // A count that is wrong must not keep everybody else from their turn.
          if (isExact) throw new Error(`The queue counts runs of the flow ${flowId} that the store does not have, even after counting anew.`);
          reread();
          isExact = true;
          continue;
        }
        for (const row of rows) {
          queue.left(turn.lane, { ready: true });
          queue.begun(row.id, turn.lane);
          if (row.run_key !== null) holders.set(`${flowId} ${row.run_key}`, row.id);
          taken.push(row);
          // Marked at once: the next turn must not find it again.
          statements.markRunning.run(row.id);
        }
      }
      return taken;
    },
    over,
    parked(run, { isOver }) {
      queue.ended(run.runId);
      if (!isOver) return;
      // Its row may be a new one that does not have the key yet.
      if (run.key !== undefined) statements.setKey.run(run.key, null, run.runId);
      queue.entered(laneOf(run), { ready: true });
    },
    cancelled(row) {
      if (row.status === 'queued') queue.left(laneOfRow(row), { ready: row.held === null });
      over({ runId: row.id, flowId: row.flow_id, key: row.run_key ?? undefined });
    },
    reread,
    doubt() {
      doubtful = true;
    },
    announce(run, written) {
      const key = keyOf(run);
      if (key === undefined) return;
      announced.set(key, (announced.get(key) ?? 0) + 1);
      const done = () => {
        const others = (announced.get(key) ?? 1) - 1;
        if (others > 0) announced.set(key, others);
        else announced.delete(key);
      };
      written.then(done, done);
    },
    mayClaim: () => doubtful || queue.next() !== undefined,
    counts: () => queue.counts(),
    whyQueued(runId) {
      const row = statements.queuedRun.get(runId);
      if (!row) return undefined;
      const obstacle = queue.obstacle(laneOfRow(row));
      if (obstacle || row.held === null || row.run_key === null) return obstacle ?? { kind: 'places' };
      const holder = holders.get(`${row.flow_id} ${row.run_key}`) ?? statements.holderOfKey.get(row.flow_id, row.run_key)?.id;
      return holder === undefined ? { kind: 'places' } : { kind: 'key', runId: holder };
    },
  };
}

const laneOfRow = (row: QueueRow): Lane => ({ workspaceId: row.workspace_id, flowId: row.flow_id, versionId: row.version_id, mode: row.mode });
