import type { Database } from 'better-sqlite3';
import { createBuckets, type Buckets, type NewRun, type QueueRules } from '@weft/engine';
import type { LargeValues } from '../../blobs/large-values.ts';
import { type SealedFields, unsealed } from '../../vault/sealed-fields.ts';
import type { RunFollower } from '../run-follower.ts';
import { createCalledRuns, type CalledRuns } from './called-runs.ts';
import { createCheckpoints, type Checkpoints } from './checkpoints.ts';
import { createCrashedRuns, type CrashedRuns } from './crashed-runs.ts';
import { createCursors, type Cursors } from './cursors.ts';
import { createDayCounts } from './day-counts.ts';
import { createEarlierRuns, type EarlierRuns } from './earlier-runs.ts';
import { createGroupCommit, type GroupCommit } from './group-commit.ts';
import { createParkedRuns, type ParkedRuns } from './parked-runs.ts';
import { createPendingRuns, type PendingRuns } from './pending-runs.ts';
import { createRunQueue, type RunQueue } from './run-queue.ts';
import { createRunRows, type RunRows } from './run-rows.ts';
import { prepareStatements, type Statements } from './statements.ts';
import { createStreamStore, type StreamStore } from './stream-store.ts';

export interface SqliteSubstrateOptions {
  /** Migrated, in WAL mode with `synchronous = FULL`; belongs to the caller, who closes it after `close()`. */
  database: Database;
  /** Milliseconds since the epoch. Default Date.now. */
  now?: () => number;
  /** Keep their own rows in step with runs, called in this order. Default: none. */
  followers?: readonly RunFollower[];
  /** What limits the queue. Default nothing. */
  rules?: QueueRules;
  /** Where values too large for a row go. Default: they stay in the row. */
  large?: LargeValues;
  /** How secrets in the data of runs are kept. Default: as they are. */
  sealed?: SealedFields;
}

/** What the ports stand on together: the statements, the one writer, and what is kept in memory beside the database. */
export interface SqliteState {
  now: () => number;
  statements: Statements;
  group: GroupCommit;
  checkpoints: Checkpoints;
  rows: RunRows;
  streams: StreamStore;
  cursors: Cursors;
  buckets: Buckets;
  queue: RunQueue;
  days: ReturnType<typeof createDayCounts>;
  /** Runs handed out whose first commit is still to come. */
  pending: PendingRuns;
  earlier: EarlierRuns;
  parked: ParkedRuns;
  crashed: CrashedRuns;
  called: CalledRuns;
  /** That of this process; 0 before the store is opened. */
  epoch: number;
}

export function createSqliteState({ database, now = Date.now, followers = [], rules = {}, large, sealed = unsealed }: SqliteSubstrateOptions): SqliteState {
  const statements = prepareStatements(database);
  const days = createDayCounts(statements);
  const queue = createRunQueue(statements, rules);
  const undone = () => {
    days.forget();
    queue.doubt();
  };
  const checkpoints = createCheckpoints(database);
  const group = createGroupCommit(database, { beforeCommit: days.write, afterRollback: undone, afterUndo: queue.doubt, afterSync: checkpoints.written });
  const pending = createPendingRuns({ givenUp });
  const streams = createStreamStore(database, sealed);
  const cursors = createCursors(database);
  const parked = createParkedRuns(database, { now, followers, woken: queue.woken, sealed });
  const crashed = createCrashedRuns(database, queue.woken);
  const buckets = createBuckets({
    load: (name) => statements.fullAt.get(name)?.full_at,
    save: (name, fullAt) => group.write(() => void statements.saveFullAt.run(name, fullAt)),
  });
  const earlier = createEarlierRuns(statements, { now, isBuffered: pending.isBuffered });
  const rows = createRunRows(statements, { earlier, streams, large, sealed });
  const called = createCalledRuns(statements, { rows, queue, parked });

  /** A leased run whose first write failed: it does not exist. */
  function givenUp(run: NewRun): void {
    rows.settled(run.runId);
    group.write(() => queue.over(run)).catch(queue.doubt);
  }

  return { now, statements, days, queue, checkpoints, group, pending, streams, cursors, parked, crashed, buckets, earlier, rows, called, epoch: 0 };
}
