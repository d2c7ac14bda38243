import type { Json } from '@weft/json-schema';
import type { JournalEntry, Journal, Outcome } from './journal.ts';

/** What starts a run. */
export interface NewRun {
  /** `run_` and a UUIDv7. */
  runId: string;
  workspaceId: string;
  flowId: string;
  /** The immutable version the run stays on; a test run carries its own document instead. */
  versionId: string;
  mode: 'live' | 'test';
  /** The trigger's output. */
  payload: Json;
  /** The sender's id of the event: the same id for the same flow starts one run only. */
  eventId?: string;
  /** Milliseconds since the epoch. */
  createdAt: number;
  /** Test runs: stop after this step. */
  until?: string;
  /** W3C trace context of the caller. */
  traceparent?: string;
  /** The step of the run that called this one as a sub-flow; it waits for the end of this one. */
  parent?: { runId: string; stepKey: string };
  /** How many runs are above it. Default 0. */
  depth?: number;
  /** The run that this one replays, and the step, with its loop path, from which. Facts to show; the engine does not read them. */
  replayOf?: string;
  replayFrom?: string;
  /** The run whose idempotency keys and ids are used again, so that whoever is called can tell a repeat. Default: the run itself. */
  effectsOf?: string;
  /**
   * Facts of an earlier run that this one begins with: its journal starts with them, in the commit that starts it. Such a run is
   * always queued, and handed out as resumed; a lease's run does not carry them.
   */
  entries?: JournalEntry[];
}

/** Whose idempotency keys and ids a run uses. */
export const keyOwner = ({ runId, effectsOf }: Pick<NewRun, 'runId' | 'effectsOf'>): string => effectsOf ?? runId;

/** The right to write one run, until another epoch takes it over. */
export interface Lease {
  run: NewRun;
  epoch: number;
  /** False for a fresh run: there is no journal to load. */
  resumed: boolean;
}

/** Thrown by every write of a lease that another process has taken over, or whose run has been cancelled. */
export class LeaseLost extends Error {
  constructor(runId: string) {
    super(`The run ${runId} is no longer ours to write.`);
    this.name = 'LeaseLost';
  }
}

/**
 * The seam to scale: all that the engine needs from storage. In memory, SQLite, later PostgreSQL; one conformance suite.
 * A promise that resolves means committed.
 */
export interface Substrate {
  /**
   * Idempotent by run id and by event id.
   * @param options.lease - hand the run to the caller at once instead of queueing it; it may then be buffered until
   *   the first commit of the run.
   * @returns `created: false` and the earlier run's id when the event id was seen before.
   */
  start(run: NewRun, options?: { lease?: boolean }): Promise<{ created: boolean; runId: string; lease?: Lease }>;
  /** Takes up to so many queued runs, oldest first. */
  claim(freeSlots: number): Promise<Lease[]>;
  load(runId: string): Promise<Journal>;
  /** All or nothing. @throws {LeaseLost} */
  commit(lease: Lease, entries: JournalEntry[]): Promise<void>;
  /** Makes the run final, with the last entries, in one commit. @throws {LeaseLost} */
  finish(lease: Lease, outcome: Outcome, entries: JournalEntry[]): Promise<void>;
  /** Makes a run `cancelled` that is queued or running. @returns false when it is final already or unknown. */
  cancel(runId: string, at: number): Promise<boolean>;
  /** Opens the store for this process: raises the epoch and puts running leases of dead processes back into the queue. */
  open(): Promise<void>;
  close(): Promise<void>;
}
