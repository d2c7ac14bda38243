import type { Json, JsonObject, JsonSchema, Path, SchemaValidator } from '@weft/json-schema';
import type { Catalogue, FlowDocument, OperationRef } from '@weft/flow';
import type { ReadOptions, SourceBatch, WriteOptions, WriteResult } from '@weft/connector-sdk';
import type { Answer, JournalEntry, Outcome, StreamProgress, Wait } from './journal.ts';
import type { RateLimit } from './rate/token-bucket.ts';
import type { MapElsewhere } from './run/patience.ts';
import type { QueueReason } from './queue/queue-rules.ts';
import type { ChangeOptions, CursorMove, NewRun, RunOfEvent, Signal, StartOptions, Substrate } from './substrate.ts';

/** One call of one operation, everything resolved but the credentials. */
export interface OperationCall {
  run: NewRun;
  stepKey: string;
  attempt: number;
  use: OperationRef;
  connection?: string;
  config: JsonObject;
  input: JsonObject;
  /** Aborts on cancel, time-out and shutdown. */
  signal: AbortSignal;
  /** The time limit of the step, milliseconds. Absent: it has none, such as a source that is read as long as its stream takes. */
  timeoutMs?: number;
  /** `runId:stepKey`: the same for every attempt, and for a replay the one of the run that is replayed. */
  idempotencyKey: string;
  /** When the step was first started, milliseconds. */
  startedAt: number;
  /** Paths in the input where a text holds a number whose digits a number would lose. Absent: none. */
  exact?: readonly Path[];
  /** Takes what the operation warns of; it stands in the run where the call succeeds. */
  warn?: (sentence: string) => void;
}

/** One call that belongs to a stream: of a sink, for a whole batch. */
export type StreamCall = Omit<OperationCall, 'input'>;

/** Runs operations: the server adds credentials, the egress guard, files, redaction and metering. */
export interface OperationRunner {
  /** @throws {ConnectorError} whose class decides about a retry; any other error counts as unexpected. */
  invoke(call: OperationCall): Promise<Json>;
  /** Reads a source, pulled batch by batch. @throws as `invoke` does, while it is read. */
  read?(call: OperationCall, options: ReadOptions): AsyncIterable<SourceBatch>;
  /** Writes a whole batch. @throws as `invoke` does. */
  write?(call: StreamCall, inputs: readonly JsonObject[], options: WriteOptions): Promise<WriteResult>;
  /** Makes what a sink has written durable; nothing to do for one that is durable at once. */
  sync?(call: StreamCall, state: Json): Promise<void>;
}

/** How often operations may be called, and whether at all. Asked before each call, so it answers from memory. */
export interface OperationLimits {
  /** What the call counts against. Connections and operations have buckets of their own. */
  bucketsOf(call: Pick<OperationCall, 'run' | 'use' | 'connection'>): { name: string; limit: RateLimit; of: 'connection' | 'operation' }[];
  /** The connector version is switched off: the run goes back into the queue, whose rules keep it there. */
  isHeld(use: OperationRef): boolean;
  /** People hold such runs back: a stream in progress goes back into the queue between two batches. Default: never. */
  holdsBack?(run: NewRun): boolean;
}

export interface FlowSource {
  /** The document a run stays on: an immutable version, or the snapshot a test run was started with. */
  load(run: NewRun): Promise<FlowDocument>;
  /** What a step calls: the version that the step is pinned to, in a test run the draft. Refused with a sentence, for this run and step only. */
  called?(run: NewRun, call: { flow: string; version?: number }): Promise<CalledFlow | { refused: string }>;
  /** What keeps the run in order among those of its flow; see `queueKey`. Asked when it is started. */
  keyOf?(run: NewRun): string | undefined;
  /** What the run is called among those of its flow; see `runTitle`. Asked when it is started. */
  titleOf?(run: NewRun): string | undefined;
}

/** A flow that a step calls as a run of its own. */
export interface CalledFlow {
  flowId: string;
  versionId: string;
  title: string;
  /** The schema of its input. The same object for the same flow. Absent: any input. */
  input?: JsonSchema;
  /** The payload of the run, of what the step's mapping gives. */
  payloadOf(input: Json): Json;
}

/** Published after its commit, never before. */
export type RunEvent =
  | { type: 'run.started'; run: NewRun; at: number }
  /** It has to wait for more than a place. */
  | { type: 'run.queued'; run: NewRun; waits: QueueReason }
  | { type: 'run.steps'; run: NewRun; entries: JournalEntry[] }
  | { type: 'run.progress'; run: NewRun; progress: StreamProgress }
  | { type: 'run.parked'; run: NewRun; waits: Wait[]; at: number }
  | { type: 'run.finished'; run: NewRun; outcome: Outcome };

export interface EngineOptions {
  substrate: Substrate;
  flows: FlowSource;
  runner: OperationRunner;
  /** Default: none. */
  limits?: OperationLimits;
  catalogue: Catalogue;
  validator: SchemaValidator;
  /** Does a mapping that would keep others waiting, in another process. Default: it is done here, and they wait. */
  mapElsewhere?: MapElsewhere;
  /** Runs at once in this process. Default 100. */
  concurrency?: number;
  publish?: (event: RunEvent) => void;
  /** Called, for the log, when a call of the store outside a run failed; the engine tries again. Default: not logged. */
  report?: (error: unknown) => void;
  /** Which parts of an answer the caller will not get as they are, as sentences: they become warnings of the step. Default: none. */
  lostOfAnswer?: (answer: Answer) => string[];
  /** Told of every step that begins, before anything of it is done: on the hot path. Default: nobody is. */
  entering?: (runId: string, stepKey: string) => void;
  /** Milliseconds since the epoch. Default Date.now. */
  now?: () => number;
}

/** The run waits for a moment or a signal and is not in memory any more; its record tells how it goes on. */
export class Parked extends Error {
  constructor(runId: string) {
    super(`The run ${runId} is waiting: read its record.`);
    this.name = 'Parked';
  }
}

export interface StartedRun {
  created: boolean;
  runId: string;
  /** Why it has to wait in the queue for more than a place. */
  waits?: QueueReason;
  /**
   * Resolves when a respond step has committed, or at the end of the run: 204 when it answers nothing, 500 when it failed. A run
   * that is parked before it has answered gives 202 and its id.
   */
  answer: Promise<Answer>;
  /** Resolves when the run is final. @throws {Parked} when it is parked: promises end when a run leaves memory. */
  finished: Promise<Outcome>;
}

export interface Engine {
  /** Takes the substrate over, goes on with unfinished runs, and claims queued ones from now on. */
  open(): Promise<void>;
  /** Resolves once the run is accepted durably; `lease: true` buffers it until its first commit (answer-when-finished). */
  start(run: NewRun, options?: StartOptions): Promise<StartedRun>;
  /** Queues these runs and moves a cursor, in one commit. @returns false when the cursor was moved meanwhile: nothing was started. */
  startTogether(runs: NewRun[], move: CursorMove, events?: RunOfEvent[]): Promise<boolean>;
  /** Hands a signal to the run that waits for it, now or later. @returns false for a repeat. */
  signal(signal: Signal, options?: ChangeOptions): Promise<boolean>;
  /** Checks the queue again after a change of limits or holds. */
  recheck(): void;
  /** Runs in the queue, and runs in progress in this process. */
  counts(): { queued: number; running: number };
  whyQueued(runIds: readonly string[]): Promise<Record<string, QueueReason>>;
  /** Queued, running or waiting → cancelled; aborts what is in flight. @returns false when there was nothing to cancel. */
  cancel(runId: string, options?: ChangeOptions): Promise<boolean>;
  /**
   * Waits until a run that was started with `lease` is stored, which otherwise happens before its first effect: ask before its id is
   * given to a client. Resolves too when this process does not work on the run any more; how it ended is what `start` promised.
   */
  stored(runId: string): Promise<void>;
  /** Takes no new run and waits for those in flight, at most so long; the rest resumes at the next start. */
  drain(timeoutMs: number): Promise<void>;
}
