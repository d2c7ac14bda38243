import type { JournalEntry, Outcome, RunStatus, StoredDeadLetter, StreamProgress, Wait } from '../journal.ts';
import type { Cursor, NewRun, Signal } from '../substrate.ts';

export interface StoredRun {
  run: NewRun;
  status: RunStatus;
  /** The epoch that leased it last; 0 before the first. */
  epoch: number;
  entries: JournalEntry[];
  outcome?: Outcome;
  /** Of its loops over streams, by their step keys. */
  progress?: Map<string, StreamProgress>;
  /** What it waits for since it was parked last, and when that was; until it ends or parks again. */
  waits?: { waits: Wait[]; since: number };
}

/** A dead letter and what became of it. */
export interface MemoryDeadLetter extends StoredDeadLetter {
  runId: string;
  /** The run that does it again. */
  replayedBy?: string;
}

/** What outlives a process: hand the same store to a second substrate to see what a restart finds. */
export interface MemoryStore {
  epoch: number;
  runs: Map<string, StoredRun>;
  /** Flow and event id → the run that it started. */
  events: Map<string, string>;
  /** Signals that nobody has taken yet, in the order of their coming. */
  signals: Signal[];
  /** Address and event id of signals that have come. */
  signalEvents: Set<string>;
  letters: MemoryDeadLetter[];
  deadLettersWritten: number;
  cursors: Map<string, Cursor>;
  /** Token buckets by name: when each is full again. */
  buckets: Map<string, number>;
  /** Commits so far, of whatever kind. */
  commits: number;
}

export const createMemoryStore = (): MemoryStore => ({
  epoch: 0,
  runs: new Map(),
  events: new Map(),
  signals: [],
  signalEvents: new Set(),
  letters: [],
  deadLettersWritten: 0,
  cursors: new Map(),
  buckets: new Map(),
  commits: 0,
});
