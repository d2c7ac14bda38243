import type { Substrate } from '@weft/engine';
import { cursorsPort } from './cursors-port.ts';
import { runQueuePort } from './run-queue-port.ts';
import { runStorePort } from './run-store-port.ts';
import { signalsPort } from './signals-port.ts';
import { createSqliteState, type SqliteSubstrateOptions } from './sqlite-state.ts';

export interface SqliteSubstrate extends Substrate {
  /** Brings to the disk what runs have recorded, before a process ends that must not go on. Runs in progress stay so: it counts as a crash. */
  saveNow(): void;
}

/**
 * Runs in SQLite with group commit. A leased run is held in memory until its first commit, so a run without effects costs one
 * row in one shared transaction: nothing has been acknowledged before, so nothing is lost with the process.
 */
export function createSqliteSubstrate(options: SqliteSubstrateOptions): SqliteSubstrate {
  const state = createSqliteState(options);
  const { statements, group, queue, crashed, earlier, parked, checkpoints, now } = state;
  return {
    ...runQueuePort(state),
    ...runStorePort(state),
    ...signalsPort(state),
    ...cursorsPort(state),
    take: state.buckets.take,

    async open() {
      state.epoch = await group.write(() => {
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

    saveNow: group.saveNow,

    async close() {
      try {
        await group.write(() => void statements.giveAllBack.run(state.epoch));
      } finally {
        await group.close();
        await checkpoints.close();
      }
    },
  };
}
