import type { Json } from '@weft/json-schema';
import type { FlowDocument, Step, StepKind } from '@weft/flow';
import type { RunError } from '../journal.ts';
import type { Executor } from '../execute/executor.ts';
import type { executors } from '../execute/executors.ts';

/** A flow made ready to run, once per document: everything compiled, every edge an index. */
export interface Plan {
  flow: FlowDocument;
  root: Block;
  /** The flow's own zone, for dates in mappings. */
  timezone?: string;
  /** Why this flow cannot run at all. */
  broken?: RunError;
}

/** The steps of the flow itself, or of the inside of one loop. */
export interface Block {
  steps: PlannedStep[];
  /** How many edges lead to each step, by its place in `steps`. */
  incoming: number[];
  /** Places of the steps that begin: the trigger, or inside a loop all without a way to them. */
  starts: number[];
  /** True where two steps may be in flight at once. */
  forks: boolean;
}

export interface PlannedStep {
  id: string;
  title: string;
  /** What its kind does. */
  executor: Executor<Step, Work>;
  work: Work | BrokenWork;
  /** By port: the places of the steps that follow. */
  next: ReadonlyMap<string, readonly number[]>;
  /** What test runs use instead of running the step. */
  pinned?: { output: Json };
}

/** What a step of each kind needs to run, as its `plan` returns it. */
export type WorkOf<K extends StepKind> = ReturnType<(typeof executors)[K]['plan']>;
export type Work = { [K in StepKind]: WorkOf<K> }[StepKind];
/** A step that could not be planned: it fails with this error when it is reached. */
export interface BrokenWork {
  kind: 'broken';
  error: RunError;
  /** The run ends there, whatever a loop around says. */
  whole?: true;
}
