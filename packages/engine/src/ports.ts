import type { Json, JsonObject, SchemaValidator } from '@weft/json-schema';
import type { Catalogue, FlowDocument, OperationRef } from '@weft/flow';
import type { Answer, JournalEntry, Outcome } from './journal.ts';
import type { NewRun, Substrate } from './substrate.ts';

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
  /** `runId:stepKey`: the same for every attempt, and for a replay the one of the run that is replayed. */
  idempotencyKey: string;
  /** When the step was first started, milliseconds. */
  startedAt: number;
}

/** Runs operations: the server adds credentials, the egress guard, files, redaction and metering. */
export interface OperationRunner {
  /** @throws {ConnectorError} whose class decides about another try; anything else counts as unexpected. */
  invoke(call: OperationCall): Promise<Json>;
}

export interface FlowSource {
  /** The document a run stays on: an immutable version, or the snapshot a test run was started with. */
  load(run: NewRun): Promise<FlowDocument>;
}

/** Published after the commit it speaks of, never before. */
export type RunEvent =
  | { type: 'run.started'; run: NewRun; at: number }
  | { type: 'run.steps'; run: NewRun; entries: JournalEntry[] }
  | { type: 'run.finished'; run: NewRun; outcome: Outcome };

export interface EngineOptions {
  substrate: Substrate;
  flows: FlowSource;
  runner: OperationRunner;
  catalogue: Catalogue;
  validator: SchemaValidator;
  /** Runs at once in this process. Default 100. */
  concurrency?: number;
  publish?: (event: RunEvent) => void;
  /** Milliseconds since the epoch. Default Date.now. */
  now?: () => number;
}

export interface StartedRun {
  created: boolean;
  runId: string;
  /** Resolves when a respond step has committed, or at the end of the run: 204 when it answers nothing, 500 when it failed. */
  answer: Promise<Answer>;
  /** Resolves when the run is final. */
  finished: Promise<Outcome>;
}

export interface Engine {
  /** Takes the substrate over, goes on with unfinished runs, and claims queued ones from now on. */
  open(): Promise<void>;
  /** Resolves once the run is accepted durably; `lease: true` buffers it until its first commit (answer-when-finished). */
  start(run: NewRun, options?: { lease?: boolean }): Promise<StartedRun>;
  /** Queued or running → cancelled; aborts what is in flight. @returns false when there was nothing to cancel. */
  cancel(runId: string): Promise<boolean>;
  /** Takes no new run and waits for those in flight, at most so long; the rest resumes at the next start. */
  drain(timeoutMs: number): Promise<void>;
}
