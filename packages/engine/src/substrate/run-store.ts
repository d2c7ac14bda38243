import type { DeadLetter, Journal, JournalEntry, Outcome, StoredDeadLetter, StreamProgress, Wait } from '../journal.ts';
import type { ChangeOptions } from './alongside.ts';
import type { Lease } from './lease.ts';

/** What a loop over a stream commits, together with the entries or not at all. */
export interface StreamCommit {
  progress: StreamProgress;
  deadLetters: DeadLetter[];
  /** The loop began again: this commit deletes its earlier open dead letters. */
  begunAgain?: true;
}

/** Stored runs and the writes that advance them: each is one commit, fenced by the lease. */
export interface RunStore {
  load(runId: string): Promise<Journal>;
  /** All or nothing. @throws {LeaseLost} */
  commit(lease: Lease, entries: JournalEntry[], stream?: StreamCommit): Promise<void>;
  /**
   * Whether the store has this run, with all earlier writes. A leased run that waits for its first commit is
   * written by this call, so call it only while the run is in progress.
   */
  stored(runId: string): Promise<boolean>;
  /**
   * Gives the lease back with the last entries, in one commit: the run is `waiting`, for all of `waits` at once. A wait's child is
   * queued in the same commit, once, however full the queue is: it is part of a run that was taken.
   * @returns false when one of them has ended already (its signal is there): the run is `queued` instead.
   * @throws {LeaseLost}
   */
  park(lease: Lease, waits: Wait[], entries: JournalEntry[]): Promise<boolean>;
  /** Makes the run final, with the last entries, in one commit; the run that called it gets its signal `run` in the same one. @throws {LeaseLost} */
  finish(lease: Lease, outcome: Outcome, entries: JournalEntry[]): Promise<void>;
  /**
   * Puts a run back into the queue as it is in the store, which did not take how it went on. Nothing for a run that is not ours any
   * more, or that was never written.
   */
  giveBack(lease: Lease): Promise<void>;
  /** Makes a run `cancelled` that is queued, running or waiting. @returns false when it is final already or unknown. */
  cancel(runId: string, at: number, options?: ChangeOptions): Promise<boolean>;
  /** The runs that this one has called and that are not final. */
  openChildren(runId: string): Promise<string[]>;
  /** The dead letters that a run was started for, in the order of their ids, from above `after`. */
  deadLettersFor(runId: string, after: number, limit: number): Promise<StoredDeadLetter[]>;
}
