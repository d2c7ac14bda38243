import { LeaseLost, type Signals } from '@weft/engine';
import type { SqliteState } from './sqlite-state.ts';
import { writeAlongside } from './write-alongside.ts';

/** News for runs that wait. */
export function signalsPort({ statements, group, rows, parked }: SqliteState): Signals {
  return {
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
  };
}
