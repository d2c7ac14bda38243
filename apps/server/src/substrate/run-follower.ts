import type { NewRun, Signal, Wait } from '@weft/engine';

/** What is being committed about a run. */
export type RunChange =
  /** It waits now, for all of these. */
  | { kind: 'parked'; run: NewRun; waits: readonly Wait[]; at: number }
  /** Somebody sends a signal that is no repeat. */
  | { kind: 'signalled'; signal: Signal }
  /** It goes on at this step because its time is over, without a signal. */
  | { kind: 'timedOut'; runId: string; stepKey: string; at: number }
  /** It is final. Not called for a run that began and ended in one process without being parked: nothing follows such runs. */
  | { kind: 'ended'; runId: string; at: number };

/** Keeps rows of its own in step with runs: what it writes about a change stands in the change's commit. */
export interface RunFollower {
  /**
   * Called inside the transaction, so it is synchronous and writes to the same database.
   * @returns `refused` for a signal that must not be taken; it counts as a repeat then. Of other changes nothing can be refused.
   */
  follow(change: RunChange): 'refused' | void;
  /** What was written has been committed. */
  committed?(): void;
}
