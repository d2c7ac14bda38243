import type { Json } from '@weft/json-schema';
import type { FailureKind } from '@weft/connector-sdk';

/** `queued` waits for a slot, `running` is leased; the other four are final and never change. */
export type RunStatus = 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled' | 'skipped';

/** Why a step or a run failed, as it is stored and shown. */
export interface RunError {
  kind: FailureKind;
  /** A sentence that says what to do next. */
  message: string;
  /** The step it came from, with its loop path. */
  stepKey?: string;
  /** The field it belongs to, starting with `input` or `config`. */
  path?: string[];
  /** The mapping rule it belongs to. */
  ruleId?: string;
}

/**
 * One fact about a step. `stepKey` is the step id, with the loop path before it: `each[3]/stock`.
 * Facts are only ever added; resuming a run replays them. Only operations have `started`: other steps need no time, and
 * far into a long loop they leave no entry at all, since they can be worked out again.
 */
export interface JournalEntry {
  stepKey: string;
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
  /** Warnings, e.g. an output that differs from what was learned. */
  warnings?: string[];
}

export interface Journal {
  entries: JournalEntry[];
}

export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Json | undefined;
}

export interface Outcome {
  status: 'succeeded' | 'failed' | 'cancelled' | 'skipped';
  at: number;
  error?: RunError;
  answer?: Answer;
}
