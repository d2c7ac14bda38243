import type { Json, Path } from '@weft/json-schema';
import type { FailureKind, StreamAmount } from '@weft/connector-sdk';
import type { StepKey } from '@weft/flow';
import type { SentenceRef } from '@weft/sentences';
import type { NewRun } from './substrate.ts';

/**
 * `queued` waits for a slot, `running` is leased, `waiting` is parked until a moment or a signal and holds neither slot nor memory;
 * the other four are final and never change.
 */
export type RunStatus = 'queued' | 'running' | 'waiting' | 'succeeded' | 'failed' | 'cancelled' | 'skipped';

/** Where a signal goes to, inside one workspace. Names: `step:<flowId>/<stepId>`, `approval`, `run`, `skip`. */
export interface SignalAddress {
  name: string;
  key: string;
}

/** What a parked run waits for at one step: whatever comes first ends the wait. */
export interface Wait {
  stepKey: StepKey;
  /** The run goes on by itself at this time, milliseconds since the epoch. */
  until?: number;
  /** Signals that end the wait; the first that has come is taken. */
  signals: SignalAddress[];
  /** The rate limit that it waits for. */
  rate?: RateWait;
  /** What a person is asked, where one decides. */
  approval?: ApprovalRequest;
  /** The run whose end ends the wait, started in the commit that parks unless it is there already. Only when parking: not kept. */
  child?: NewRun;
}

/** At most so many calls in so many milliseconds: what a connection, or an operation, allows. */
export interface RateWait {
  calls: number;
  perMs: number;
  of: 'connection' | 'operation';
}

/** What a person who decides needs to know. */
export interface ApprovalRequest {
  question: string;
  assignees: { users: string[]; roles: ('owner' | 'member')[] };
  shown: Json;
}

/** A warning about a step that went on. */
export interface Warning {
  /** In English. */
  message: string;
  /** `message`, as what it can be said by in another language. Absent in what connectors say, and in journals of earlier versions. */
  sentence?: SentenceRef;
}

/** Why a step or a run failed, as it is stored and shown. */
export interface RunError {
  kind: FailureKind;
  /** A sentence that says what to do next, in English. */
  message: string;
  /** `message`, as what it can be said by in another language. Absent in what connectors say, and in journals of earlier versions. */
  sentence?: SentenceRef;
  /** The step it came from, with its loop path. */
  stepKey?: StepKey;
  /** The field it belongs to, starting with `input` or `config`. */
  path?: string[];
  /** The mapping rule it belongs to. */
  ruleId?: string;
}

/**
 * One fact about a step.
 * Facts are only ever added; resuming a run replays them. Only operations have `started`: other steps need no time, and
 * far into a long loop they leave no entry at all, since they can be worked out again.
 */
export interface JournalEntry {
  stepKey: StepKey;
  /** 1 for the first try. */
  attempt: number;
  kind: 'started' | 'succeeded' | 'failed' | 'skipped';
  /** Milliseconds since the epoch. */
  at: number;
  /** With the first `started`: what the operation got, after mapping and defaults; with `failed`: what was refused as input. */
  input?: Json;
  /** With `succeeded`: what it gave; the trigger gives the run's payload. With `skipped`: only a filter that said no gives something. */
  output?: Json;
  /** With `succeeded`: the port that becomes active; default `next`. With `failed`: `error` or `next` when the run goes on. */
  port?: string;
  error?: RunError;
  /** With `failed`: the next try begins at this time. */
  retryAt?: number;
  /** With the `started` of a step that parks the run: what it waits for. */
  wait?: Wait;
  /** E.g. an output that differs from what was learned. */
  warnings?: Warning[];
}

/**
 * How far a loop over a stream is: one fact per run and loop, replaced with every commit, instead of entries for its records.
 * What is counted here is done; the next batch begins at `cursor`.
 */
export interface StreamProgress {
  /** The loop, with the path of the lists around it. */
  stepKey: StepKey;
  /** Where the next batch begins, as the source said; null where it cannot go on and starts again. */
  cursor: Json;
  /** Batches done; the number of the next one. */
  batch: number;
  read: number;
  succeeded: number;
  failed: number;
  /** Ended by a filter. */
  skipped: number;
  /** What each sink keeps, by step id: a file's length. */
  sinks: Record<string, Json>;
  /** What `collect` gave so far, as long as there is room. */
  collected?: Json[];
  /** When it began, milliseconds since the epoch. */
  startedAt: number;
  /** When this was committed. */
  at: number;
  /** Time spent in total, without pauses between processes. */
  activeMs: number;
  /** Over the last seconds. */
  recordsPerSecond: number;
  /** How far the source is, as it says. */
  amount?: StreamAmount;
  /** How often it had to begin again because its source cannot go on in the middle. */
  restarts: number;
  /** How often it was interrupted and went on behind its last batch. Absent: never. */
  continued?: number;
  /** The source is read to its end. */
  finished: boolean;
}

/** A record of a stream that failed, with all that is needed to do it again. */
export interface DeadLetter {
  /** The loop it belongs to, with the path of the lists around it. */
  stepKey: StepKey;
  /** Where it stood; with `originRunId` its steps' keys come from these. */
  batch: number;
  index: number;
  /** The run that read it first: another one where this one had failed there before. */
  originRunId: string;
  record: Json;
  /** `stepKey` says which step, `ruleId` which rule of its mapping. */
  error: RunError;
  at: number;
}

/** A dead letter as it is stored. */
export interface StoredDeadLetter extends DeadLetter {
  /** Rises with every letter. */
  id: number;
}

export interface Journal {
  entries: JournalEntry[];
  /** Of each loop over a stream that has committed something. */
  progress?: StreamProgress[];
}

export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Json | undefined;
  /** Places in the body where a text stands for a number that it alone keeps the digits of. Absent: none. */
  exact?: readonly Path[];
}

export interface Outcome {
  status: 'succeeded' | 'failed' | 'cancelled' | 'skipped';
  at: number;
  error?: RunError;
  answer?: Answer;
}
