import type { Json, JsonObject, JsonSchema } from '@weft/json-schema';
import type { ApprovalStep, FlowDocument, OperationRef, RetryPolicy, StepKind, WaitStep } from '@weft/flow';
import type { CompiledExpression, CompiledMapping } from '@weft/mapping';
import type { Operation } from '@weft/connector-sdk';
import type { RunError } from '../journal.ts';
import type { Stage } from '../stream/stages.ts';

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
  work: Work | BrokenWork;
  /** By port: the places of the steps that follow. */
  next: ReadonlyMap<string, readonly number[]>;
  /** What test runs use instead of running the step. */
  pinned?: { output: Json };
}

type OnError = 'fail' | 'continue' | 'port';

interface Works {
  trigger: { learned?: JsonSchema };
  action: {
    use: OperationRef;
    operation: Operation;
    connection?: string;
    /** With defaults. */
    config: JsonObject;
    input?: CompiledMapping;
    retry: RetryPolicy;
    timeoutMs: number;
    onError: OnError;
    /** Once begun it is never begun again. */
    atMostOnce: boolean;
    /** False for reads: repeating them does nothing. */
    hasEffect: boolean;
    /** What the output is warned about when it differs. */
    learned?: JsonSchema;
    /** False where the operation's input declares no default: a stream need not look for them in each record. */
    hasDefaults: boolean;
  };
  transform: { input?: CompiledMapping; onError: OnError; learned?: JsonSchema };
  filter: { condition?: CompiledExpression };
  branch: { cases: { id: string; title: string; condition?: CompiledExpression }[] };
  forEach: {
    items?: CompiledExpression;
    as: string;
    concurrency: number;
    onItemError: 'stop' | 'skip' | 'collect';
    collect?: CompiledExpression;
    inner: Block;
    /** Where a loop over a stream reads its records. */
    source?: SourceWork;
  };
  respond: { input?: CompiledMapping };
  wait: {
    mode: WaitStep['mode'];
    durationMs?: number;
    date?: CompiledExpression;
    key?: CompiledExpression;
    timeoutMs?: number;
    learned?: JsonSchema;
  };
  approval: Pick<ApprovalStep, 'question' | 'assignees' | 'timeoutMs'> & { input?: CompiledMapping; onTimeout: NonNullable<ApprovalStep['onTimeout']> };
  subflow: { flow: string; version?: number; input?: CompiledMapping; onError: OnError };
  stop: { outcome: 'succeeded' | 'failed'; message?: string };
}

/** A source made ready, and what is done with its records, in stages. */
export interface SourceWork {
  use: OperationRef;
  operation: Operation;
  connection?: string;
  /** With defaults. */
  config: JsonObject;
  input?: CompiledMapping;
  batchSize: number;
  stages: Stage[];
}

/** What a step of each kind needs to run. */
export type WorkOf<K extends StepKind> = { kind: K } & Works[K];
export type Work = { [K in StepKind]: WorkOf<K> }[StepKind];
/** A step that could not be made ready: it fails with this when it is reached. */
export interface BrokenWork {
  kind: 'broken';
  error: RunError;
}
