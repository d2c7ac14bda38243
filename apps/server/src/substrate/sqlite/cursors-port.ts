import type { Cursors } from '@weft/engine';
import type { SqliteState } from './sqlite-state.ts';

/** How far things outside have been read. */
export function cursorsPort({ group, queue, earlier, rows, cursors }: SqliteState): Cursors {
  return {
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
  };
}
