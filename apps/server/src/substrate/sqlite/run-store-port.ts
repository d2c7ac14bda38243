import { LeaseLost, type NewRun, type RunStore } from '@weft/engine';
import { isOneStatement } from './run-rows.ts';
import type { SqliteState } from './sqlite-state.ts';
import { writeAlongside } from './write-alongside.ts';

/** What is kept of runs, and the writes that move one on. */
export function runStorePort(state: SqliteState): RunStore {
  const { statements, group, queue, pending, rows, streams, parked, called, days } = state;

  /** The first write of a leased run; undefined when it has been written before. */
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

  return {
    async load(runId) {
      return rows.journalOf(runId);
    },

    async deadLettersFor(runId, after, limit) {
      return streams.deadLettersFor(runId, after, limit);
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
      await first.write(() => rows.insert(first.run, { status: 'running', epoch: state.epoch }), { single: isOneStatement(first.run) });
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
        if (lease.resumed || lease.run.deadLetters) parked.ended(runId);
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
          rows.insert(first.run, { status: 'cancelled', epoch: state.epoch, outcome: { status: 'cancelled', at } });
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

    async openChildren(runId) {
      return called.openOf(runId);
    },
  };
}
