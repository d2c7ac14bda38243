import type { RunError } from '../journal.ts';
import type { NewRun } from './new-run.ts';

/** The right to write one run, until another epoch takes it over. */
export interface Lease {
  run: NewRun;
  epoch: number;
  /** False for a fresh run: there is no journal to load. */
  resumed: boolean;
  /** Why the run can only fail: its payload, null here, cannot be read, or the process has died of it. One such run must not stop the others. */
  refused?: RunError;
}

/** Thrown by every write of a lease that another process has taken over, or whose run has been cancelled. */
export class LeaseLost extends Error {
  constructor(runId: string) {
    super(`The run ${runId} is no longer ours to write.`);
    this.name = 'LeaseLost';
  }
}
