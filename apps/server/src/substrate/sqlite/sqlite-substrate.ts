import type { Database } from 'better-sqlite3';
import { type Alongside, createBuckets, LeaseLost, type Lease, type NewRun, type QueueReason, type QueueRules, type Substrate } from '@weft/engine';
import type { LargeValues } from '../../blobs/large-values.ts';
import { runStatements } from '../../db/commit.ts';
import { Rows } from '../rows.ts';
import type { RunFollower } from '../run-follower.ts';
import { createCalledRuns } from './called-runs.ts';
import { createCheckpoints } from './checkpoints.ts';
import { createCrashedRuns } from './crashed-runs.ts';
import { createCursors } from './cursors.ts';
import { createDayCounts } from './day-counts.ts';
import { createEarlierRuns } from './earlier-runs.ts';
import { createGroupCommit } from './group-commit.ts';
import { createParkedRuns } from './parked-runs.ts';
import { createPendingRuns } from './pending-runs.ts';
import { createRunQueue } from './run-queue.ts';
import { createRunRows, isOneStatement } from './run-rows.ts';
import { prepareStatements } from './statements.ts';
import { createStreamStore } from './stream-store.ts';

export interface SqliteSubstrateOptions {
  /** Migrated, in WAL mode with `synchronous = FULL`; belongs to the caller, who closes it after `close()`. */
  database: Database;
  /** Milliseconds since the epoch. Default Date.now. */
  now?: () => number;
  /** Who keeps rows in step with runs, asked in this order. Default: nobody. */
  followers?: readonly RunFollower[];
  /** What limits the queue. Default nothing. */
  rules?: QueueRules;
  /** Where values too large for a row go. Default: they stay in the row. */
  large?: LargeValues;
}

/**
 * Runs in SQLite with group commit. A leased run is held in memory until its first commit, so a run without effects costs one
 * row in one shared transaction: nothing has been acknowledged before, so nothing is lost with the process.
 */
export function createSqliteSubstrate({ database, now = Date.now, followers = [], rules = {}, large }: SqliteSubstrateOptions): Substrate {
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
  const streams = createStreamStore(database);
  const cursors = createCursors(database);
  const parked = createParkedRuns(database, { now, followers, woken: queue.woken });
  const crashed = createCrashedRuns(database, queue.woken);
  const buckets = createBuckets({
    load: (name) => statements.fullAt.get(name)?.full_at,
    save: (name, fullAt) => group.write(() => void statements.saveFullAt.run(name, fullAt)),
  });
  const earlier = createEarlierRuns(statements, { now, isBuffered: pending.isBuffered });
  const rows = createRunRows(statements, { earlier, streams, large });
  const called = createCalledRuns(statements, { rows, queue, parked });
  let epoch = 0;

  /** A run that was handed out and could not be written: it never was. */
  function givenUp(run: NewRun): void {
    rows.settled(run.runId);
    group.write(() => queue.over(run)).catch(queue.doubt);
  }

  /** The first write of a run that was handed out; undefined when it has been written before. */
  function firstWrite(runId: string): { run: NewRun; write(work: () => void, options?: { single: boolean }): Promise<void> } | undefined {
    const run = pending.take(runId);
    if (!run) return undefined;
    return {
      run,
      write(work, options) {
        const written = group.write(work, options);
        pending.follow(run, written, { buffered: true });
        return written;
      },
    };
  }

  const substrate: Substrate = {
    async start(run, options) {
      // Without an await where nothing is pending: two calls of one turn must see each other.
      const starting = pending.startedBy(run);
      const started = starting && (await starting);
      if (started !== undefined) return { created: false, runId: started };
      if (options?.lease && !options.alongside && !run.entries && !run.letters) {
        const existing = earlier.of(run);
        if (existing !== undefined) return { created: false, runId: existing };
        if (!queue.obstacle(run)) {
          pending.add(run, { buffered: true });
          queue.begun(run);
          return { created: true, runId: run.runId, lease: { run, epoch, resumed: false } };
        }
      }
      pending.add(run, { buffered: false });
      const written = group.write(() => {
        const existing = earlier.of(run);
        if (existing !== undefined) return { created: false, runId: existing };
        queue.admit(run);
        const waits = queue.obstacle(run);
        writeAlongside(options?.alongside);
        rows.insert(run, { status: 'queued', epoch: 0 });
        queue.entered(run);
        return { created: true, runId: run.runId, ...(waits && waits.kind !== 'places' && { waits }) };
      });
      pending.follow(run, written, { buffered: false });
      queue.announce(run, written);
      return written;
    },

    startTogether: (runs, move, events = []) =>
      group.write(() => {
        if (!cursors.move(move)) return false;
        const fresh = runs.filter((run) => earlier.of(run) === undefined);
        // All or none: what has entered could not be taken back.
        queue.admitAll(fresh);
        for (const run of fresh) {
          rows.insert(run, { status: 'queued', epoch: 0 });
          queue.entered(run);
        }
        for (const event of events) earlier.remember(event);
        return true;
      }),
    async cursor(name) {
      return cursors.read(name);
    },
    async seenEvents(flowId, eventIds) {
      return earlier.seenEvents(flowId, eventIds);
    },
    dropCursor: (name) => group.write(() => cursors.drop(name)),

    async claim(freeSlots) {
      if (freeSlots <= 0 || !queue.mayClaim()) return [];
      return group.write(() =>
        queue.take(freeSlots).map((row): Lease => {
          statements.lease.run(epoch, row.id);
          const refused = crashed.refusal(row.id);
          return { ...rows.runOf(row), ...(refused && { refused }), epoch, resumed: row.epoch > 0 || row.replay_of !== null };
        }),
      );
    },

    take: buckets.take,
    mayClaim: queue.mayClaim,
    counts: queue.counts,
    async whyQueued(runIds) {
      const reasons = runIds.map((runId) => [runId, queue.whyQueued(runId)] as const);
      // What is left has a reason.
      return Object.fromEntries(reasons.filter(([, reason]) => reason)) as Record<string, QueueReason>;
    },

    async load(runId) {
      return rows.journalOf(runId);
    },

    async lettersFor(runId, after, limit) {
      return streams.lettersFor(runId, after, limit);
    },

    async commit(lease, entries, stream) {
      const { runId } = lease.run;
      const first = firstWrite(runId);
      if (first) {
        const begin = () => {
          rows.insert(first.run, { status: 'running', epoch: lease.epoch, entries });
          if (stream) streams.keep(lease.run, stream);
        };
        await first.write(begin, { single: isOneStatement(first.run, entries) && !stream });
        return;
      }
      await group.write(() => {
        // A commit of a stream alone leaves no row behind: there may be thousands of them.
        if (entries.length > 0) rows.appendLeased(lease, entries);
        else if (statements.touch.run(runId, lease.epoch).changes === 0) throw new LeaseLost(runId);
        if (stream) streams.keep(lease.run, stream);
      });
      if (entries.length > 0) rows.settled(runId);
    },

    async stored(runId) {
      const first = firstWrite(runId);
      if (!first) return group.write(() => statements.runExists.get(runId) !== undefined);
      await first.write(() => rows.insert(first.run, { status: 'running', epoch }), { single: isOneStatement(first.run) });
      return true;
    },

    async finish(lease, outcome, entries) {
      const { runId } = lease.run;
      const first = firstWrite(runId);
      if (first) {
        const insert = () => {
          rows.insert(first.run, { status: outcome.status, epoch: lease.epoch, outcome, entries });
          days.count(first.run, outcome);
          queue.over(first.run);
        };
        await first.write(insert, { single: isOneStatement(first.run, entries) });
        return;
      }
      await group.write(() => {
        rows.finish(lease, outcome, entries);
        days.count(lease.run, outcome);
        queue.over(lease.run);
        called.ended(lease.run, outcome);
        if (lease.resumed || lease.run.letters) parked.ended(runId);
      });
      rows.settled(runId);
      parked.committed();
    },

    async park(lease, waits, entries) {
      const { runId } = lease.run;
      const first = firstWrite(runId);
      let isOver = false;
      if (first) {
        await first.write(() => {
          isOver = parked.park(first.run, waits);
          rows.insert(first.run, { status: isOver ? 'queued' : 'waiting', epoch: lease.epoch });
          rows.append(lease.run, entries);
          queue.parked(first.run, { isOver });
          called.start(waits);
        });
        parked.committed();
        return !isOver;
      }
      await group.write(() => {
        isOver = parked.park(lease.run, waits);
        if (statements.park.run(isOver ? 'queued' : 'waiting', runId, lease.epoch).changes === 0) throw new LeaseLost(runId);
        if (entries.length > 0) rows.append(lease.run, entries);
        queue.parked(lease.run, { isOver });
        called.start(waits);
      });
      if (entries.length > 0) rows.settled(runId);
      parked.committed();
      return !isOver;
    },

    async takeSignal({ run, epoch: leasedAt }, wait, entriesOf) {
      const taken = await group.write(() => {
        if (!statements.isLeased.get(run.runId, leasedAt)) throw new LeaseLost(run.runId);
        const entries = parked.take(run, wait, entriesOf);
        if (entries) rows.append(run, entries);
        return entries;
      });
      if (taken) rows.settled(run.runId);
      parked.committed();
      return taken;
    },

    async signal(signal, options) {
      const isNew = await group.write(() => parked.signal(signal, () => writeAlongside(options?.alongside)));
      parked.committed();
      return isNew;
    },

    async openChildren(runId) {
      return called.openOf(runId);
    },

    wake: (at) =>
      group.write(() => {
        const due = [parked.wake(at), crashed.wake(at)].filter((moment) => moment !== undefined);
        return due.length > 0 ? Math.min(...due) : undefined;
      }),

    giveBack: ({ run, epoch: leasedAt }) =>
      group.write(() => {
        if (pending.isBuffered(run.runId)) return;
        if (statements.giveBack.run(run.runId, leasedAt).changes === 1) queue.parked(run, { isOver: true });
        else queue.over(run);
      }),

    async cancel(runId, at, options) {
      const first = firstWrite(runId);
      if (first) {
        await first.write(() => {
          writeAlongside(options?.alongside);
          rows.insert(first.run, { status: 'cancelled', epoch, outcome: { status: 'cancelled', at } });
          queue.over(first.run);
        });
        return true;
      }
      const cancelled = await group.write(() => {
        const row = statements.openRun.get(runId);
        if (!row) return false;
        writeAlongside(options?.alongside);
        statements.cancel.run(at, runId);
        queue.cancelled(row);
        parked.ended(runId);
        called.cancelled(runId, at);
        return true;
      });
      rows.settled(runId);
      parked.committed();
      return cancelled;
    },

    async open() {
      epoch = await group.write(() => {
        const raised = statements.raiseEpoch.get();
        if (!raised) throw new Error('The epoch could not be raised: the table engine_epoch gave no row back.');
        crashed.open(raised.epoch, now());
        statements.freeKeys.run();
        queue.reread();
        earlier.open();
        parked.sweep();
        return raised.epoch;
      });
    },

    async close() {
      try {
        await group.write(() => void statements.giveAllBack.run(epoch));
      } finally {
        await group.close();
        await checkpoints.close();
      }
    },
  };
  return substrate;
}

/** Before anything that is counted in memory: where the database refuses it, only the database has to forget. */
function writeAlongside(alongside: Alongside | undefined): void {
  if (!alongside) return;
  if (!(alongside instanceof Rows)) throw new TypeError('What is to be committed alongside was made for another store: give Rows.');
  runStatements(alongside.statements);
}
