import type { RunEntry } from '@weft/api';
import { placeOf } from '@weft/flow';

/** A fact about a step, as the server tells it. */
export type JournalEntry = RunEntry;
export type RunError = NonNullable<JournalEntry['error']>;
type Value = JournalEntry['output'];

/** `waiting`: a try failed and another one follows. `parked`: a wait or an approval has put the run aside. */
export type StepStatus = 'running' | 'waiting' | 'parked' | 'succeeded' | 'failed' | 'skipped';

/** One try of a step. Times are milliseconds since the epoch. */
export interface Attempt {
  number: number;
  /** Absent for steps that only think: they leave nothing but their result. */
  startedAt?: number;
  /** Absent while it runs. */
  endedAt?: number;
  outcome?: 'succeeded' | 'failed' | 'skipped';
  error?: RunError;
  /** The next try begins at this time. */
  retryAt?: number;
}

/** One step at one place of a run: a step inside a loop has a record for each item. */
export interface StepRecord {
  /** With the loop path: `each[3]/stock`. */
  key: string;
  stepId: string;
  /** The item it belongs to, `each[3]`; absent outside of loops. */
  itemKey?: string;
  status: StepStatus;
  attempts: readonly Attempt[];
  startedAt?: number;
  endedAt?: number;
  input?: Value;
  output?: Value;
  /** What was left out for its size. */
  large?: NonNullable<JournalEntry['large']>;
  /** Where the run went on. */
  port?: string;
  /** What it waits for, of a step that parks the run; stays when the wait is over. */
  wait?: NonNullable<JournalEntry['wait']>;
  /** Of the last try. */
  error?: RunError;
  warnings: NonNullable<JournalEntry['warnings']>;
}

/** One turn of a loop, as its steps tell: nothing is written down about items themselves. */
export interface ItemRecord {
  /** `each[3]`. */
  key: string;
  /** From 0. */
  index: number;
  status: StepStatus;
  startedAt?: number;
  endedAt?: number;
  /** Why it failed. */
  error?: RunError;
}

/**
 * A run's journal in the shape people look at. Loops own items, items own steps; keys carry the path, so that nesting needs
 * no objects inside of objects, and what did not change keeps its identity.
 */
export interface RunRecord {
  /** By key, in the order in which they first appeared. */
  steps: ReadonlyMap<string, StepRecord>;
  /** Keys of the items of a loop, by the loop's key: `each` → `each[0]`, `each[1]`. */
  items: ReadonlyMap<string, readonly string[]>;
  /** Keys of the steps of an item, by the item's key: `each[0]` → `each[0]/stock`. */
  inside: ReadonlyMap<string, readonly string[]>;
  /** How each item went, by its key. */
  turns: ReadonlyMap<string, ItemRecord>;
}

export const emptyRecord: RunRecord = { steps: new Map(), items: new Map(), inside: new Map(), turns: new Map() };

/** The number of an item in its loop, from 0. Records of a stream, `each[7:3]`, are numbered behind those of the batches before. */
export function numberOf(itemKey: string): number {
  const { batch = 0, index } = placeOf(itemKey);
  return batch * maxBatchSize + index;
}

const maxBatchSize = 10_000;
