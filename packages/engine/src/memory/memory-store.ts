import type { JournalEntry, Outcome, RunStatus } from '../journal.ts';
import type { NewRun } from '../substrate.ts';

export interface StoredRun {
  run: NewRun;
  status: RunStatus;
  /** The epoch that leased it last; 0 before the first. */
  epoch: number;
  entries: JournalEntry[];
  outcome?: Outcome;
}

/** What outlives a process: hand the same store to a second substrate to see what a restart finds. */
export interface MemoryStore {
  epoch: number;
  runs: Map<string, StoredRun>;
  /** Flow and event id → the run that it started. */
  events: Map<string, string>;
  /** Commits so far, of whatever kind. */
  commits: number;
}

export const createMemoryStore = (): MemoryStore => ({ epoch: 0, runs: new Map(), events: new Map(), commits: 0 });
