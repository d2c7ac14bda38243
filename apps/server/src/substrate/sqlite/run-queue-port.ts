import type { Lease, QueueReason, RunQueue } from '@weft/engine';
import type { SqliteState } from './sqlite-state.ts';
import { writeAlongside } from './write-alongside.ts';

/** Runs that have not begun, or go on after a wait. */
export function runQueuePort(state: SqliteState): RunQueue {
  const { statements, group, queue, pending, earlier, rows, parked, crashed } = state;
  return {
    async start(run, options) {
      // Without an await where nothing is pending: two calls of one turn must see each other.
      const starting = pending.startedBy(run);
      const started = starting && (await starting);
      if (started !== undefined) return { created: false, runId: started };
      if (options?.lease && !options.alongside && !run.entries && !run.deadLetters) {
        const existing = earlier.of(run);
        if (existing !== undefined) return { created: false, runId: existing };
        if (!queue.obstacle(run)) {
          pending.add(run, { buffered: true });
          queue.begun(run);
          return { created: true, runId: run.runId, lease: { run, epoch: state.epoch, resumed: false } };
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

    async claim(freeSlots) {
      if (freeSlots <= 0 || !queue.mayClaim()) return [];
      return group.write(() =>
        queue.take(freeSlots).map((row): Lease => {
          statements.lease.run(state.epoch, row.id);
          const refused = crashed.refusal(row.id);
          return { ...rows.runOf(row), ...(refused && { refused }), epoch: state.epoch, resumed: row.epoch > 0 || row.replay_of !== null };
        }),
      );
    },

    mayClaim: queue.mayClaim,

    counts: queue.counts,

    async whyQueued(runIds) {
      const reasons = runIds.map((runId) => [runId, queue.whyQueued(runId)] as const);
      // What is left has a reason.
      return Object.fromEntries(reasons.filter(([, reason]) => reason)) as Record<string, QueueReason>;
    },

    wake: (at) =>
      group.write(() => {
        const due = [parked.wake(at), crashed.wake(at)].filter((moment) => moment !== undefined);
        return due.length > 0 ? Math.min(...due) : undefined;
      }),
  };
}
