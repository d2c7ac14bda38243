import type { Json } from '@weft/json-schema';
import type { RateLimit } from './rate/token-bucket.ts';
import type { QueueReason } from './queue/queue-rules.ts';
import type { DeadLetter, Journal, JournalEntry, Outcome, RunError, SignalAddress, StoredDeadLetter, StreamProgress, Wait } from './journal.ts';

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
  /** Keeps its order among the runs of its flow with the same key: it begins when those before it have ended. */
  key?: string;
  /** W3C trace context of the caller. */
  traceparent?: string;
  /** Dead letters to do again: they become this run's in the commit that starts it, and its loop reads them instead of its source. Never leased at once. */
  letters?: LettersOf;
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

/** Which dead letters a run does again. */
export interface LettersOf {
  /** The run that left them. */
  runId: string;
  /** The loop they belong to. */
  stepKey: string;
  /** Absent: all that are open when the run is started. */
  ids?: number[];
}

/** What a loop over a stream commits, together with the entries or not at all. */
export interface StreamCommit {
  progress: StreamProgress;
  deadLetters: DeadLetter[];
  /** The loop began again: open letters it had left before go with this commit. */
  begunAgain?: true;
}

/** The right to write one run, until another epoch takes it over. */
export interface Lease {
  run: NewRun;
  epoch: number;
  /** False for a fresh run: there is no journal to load. */
  resumed: boolean;
  /** Why the run can only fail: its payload, null here, cannot be read, or the process has died of it. One such run must not stop the others. */
  refused?: RunError;
}

/** News for whichever run waits at its address, now or later. */
export interface Signal extends SignalAddress {
  workspaceId: string;
  payload: Json;
  /** The sender's id of it: the same id at the same address counts once, for seven days. */
  eventId?: string;
  /** Milliseconds since the epoch. */
  at: number;
}

export type TakenSignal = SignalAddress & { payload: Json };

/** How far something outside has been read, as whoever reads it understands. */
export interface Cursor {
  /** Rises with each move, from 1. */
  revision: number;
  value: Json;
}

export interface CursorMove {
  name: string;
  /** The revision it was found at; 0 for none. */
  from: number;
  to: Json;
}

export interface RunOfEvent {
  flowId: string;
  eventId: string;
  runId: string;
}

/**
 * What a caller has committed together with a change of its run, or not at all: the audit event of a start, the answer kept for a
 * repeat of the call. The engine only hands it on. Each substrate reads a class of its own, in the words of its store: `Rows` in
 * SQLite, `MemoryWrite` in memory.
 */
export abstract class Alongside {
  /** Makes the class nominal: anything else is no `Alongside`. */
  protected readonly alongside = true;
}

export interface ChangeOptions {
  /** Written only if the change is made. Where the store refuses it, the change is undone and its error thrown. Default: nothing. */
  alongside?: Alongside;
}

export interface StartOptions extends ChangeOptions {
  /**
   * Hands the run to the caller at once instead of queueing it; it may then be buffered until its first commit. Queued all the same,
   * without a lease, when the queue's rules do not let it begin now or something is to be committed alongside. Default false.
   */
  lease?: boolean;
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
   * @returns `created: false` and the earlier run's id when the event id was seen before; `waits` where it has to wait for more than a place.
   * @throws {QueueFull} when the run would have to wait and the queue has reached a bound.
   */
  start(run: NewRun, options?: StartOptions): Promise<{ created: boolean; runId: string; lease?: Lease; waits?: QueueReason }>;
  /**
   * Queues these runs and moves a cursor, in one commit: all or nothing. Runs whose event has started one before are left out.
   * @param events - further event ids, each with the run that it is part of.
   * @returns false, with nothing written, when the cursor is not where `move` found it: somebody else has read on from there.
   * @throws {QueueFull} as `start` does.
   */
  startTogether(runs: NewRun[], move: CursorMove, events?: RunOfEvent[]): Promise<boolean>;
  /** Where reading goes on; undefined before the first move. */
  cursor(name: string): Promise<Cursor | undefined>;
  /** Which of these event ids have started a run of the flow within seven days. */
  seenEvents(flowId: string, eventIds: string[]): Promise<string[]>;
  /** Forgets a cursor: reading begins anew. */
  dropCursor(name: string): Promise<void>;
  /**
   * Takes up to so many queued runs that may begin. Workspaces take turns, the one with the fewest runs in progress first; within a
   * flow the oldest run is first. Runs that are held, or whose flow, key or workspace has no place, are passed over.
   */
  claim(freeSlots: number): Promise<Lease[]>;
  /** False only where it is certain that nothing could be claimed. */
  mayClaim(): boolean;
  /**
   * Counts a call against a token bucket, which survives a restart without giving more than its limit.
   * @returns how long the caller has to wait before it calls, milliseconds; its place is kept.
   */
  take(bucket: string, limit: RateLimit, now: number): Promise<number>;
  /** Runs in the queue and runs in progress. */
  counts(): { queued: number; running: number };
  /** Why each of these runs waits in the queue, by its id; runs that do not are left out. */
  whyQueued(runIds: readonly string[]): Promise<Record<string, QueueReason>>;
  load(runId: string): Promise<Journal>;
  /** All or nothing. @throws {LeaseLost} */
  commit(lease: Lease, entries: JournalEntry[], stream?: StreamCommit): Promise<void>;
  /**
   * Whether the store has this run, with all that was handed in before. One that was handed out and waits for its first commit is
   * written for that, so ask only while somebody works on it.
   */
  stored(runId: string): Promise<boolean>;
  /** The dead letters that a run was started to do again, in the order of their ids, those above `after` only. */
  lettersFor(runId: string, after: number, limit: number): Promise<StoredDeadLetter[]>;
  /** Makes the run final, with the last entries, in one commit; the run that called it gets its signal `run` in the same one. @throws {LeaseLost} */
  finish(lease: Lease, outcome: Outcome, entries: JournalEntry[]): Promise<void>;
  /**
   * Gives the lease back with the last entries, in one commit: the run is `waiting`, for all of `waits` at once. A wait's child is
   * queued in the same commit, once, however full the queue is: it is part of a run that was taken.
   * @returns false when one of them has ended already (its signal is there): the run is `queued` instead.
   * @throws {LeaseLost}
   */
  park(lease: Lease, waits: Wait[], entries: JournalEntry[]): Promise<boolean>;
  /**
   * Ends a wait in one commit, so that of a signal and a time-out exactly one wins. `entriesOf` is told the signal that is there,
   * the oldest of the first address that has one, and makes the entries that end the wait; the signal is gone with their commit.
   * Without a signal it is told undefined and may end the wait all the same (the time is over) or give undefined: nothing happens.
   * It must be pure: it may be asked more than once.
   * @returns what was committed. @throws {LeaseLost}
   */
  takeSignal(lease: Lease, wait: Wait, entriesOf: (signal: TakenSignal | undefined) => JournalEntry[] | undefined): Promise<JournalEntry[] | undefined>;
  /**
   * Hands a signal to one run that waits for it, which is queued again, or keeps it for the next one that will (it may come before
   * the wait). An address keeps no more signals than runs wait there, and one where none does: whatever comes beyond is a repeat.
   * @returns false for a repeat.
   */
  signal(signal: Signal, options?: ChangeOptions): Promise<boolean>;
  /** Queues parked runs whose time has come, at least some of them. @returns when the next one is due, or was, milliseconds since the epoch. */
  wake(now: number): Promise<number | undefined>;
  /**
   * Puts a run back into the queue as it is in the store, which did not take how it went on. Nothing for a run that is not ours any
   * more, or that was never written.
   */
  giveBack(lease: Lease): Promise<void>;
  /** The runs that this one has called and that are not final. */
  openChildren(runId: string): Promise<string[]>;
  /** Makes a run `cancelled` that is queued, running or waiting. @returns false when it is final already or unknown. */
  cancel(runId: string, at: number, options?: ChangeOptions): Promise<boolean>;
  /** Opens the store for this process: raises the epoch and puts running leases of dead processes back into the queue, sooner or later. */
  open(): Promise<void>;
  /** Puts what is still leased back into the queue. */
  close(): Promise<void>;
}
