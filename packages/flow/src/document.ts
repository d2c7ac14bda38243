import type { Json, JsonSchema } from '@weft/json-schema';
import type { Expression, MappingDocument } from '@weft/mapping';

/** A flow as it is stored, exported and compared. Keys of `steps` are stable ids; titles are free text. */
export interface FlowDocument {
  format: 'weft.flow/1';
  title: string;
  description?: string;
  settings?: FlowSettings;
  steps: Record<string, Step>;
  edges: Edge[];
  /** Where each step stands, in canvas pixels. Not behaviour: moving a step is not a change of the flow. */
  layout: Record<string, [x: number, y: number]>;
  notes: Note[];
}

export interface FlowSettings {
  /** IANA name; default UTC. */
  timezone?: string;
  concurrency?: ConcurrencySettings;
  retention?: RetentionSettings;
}

/** How many live runs of the flow are worked on at once; the others wait in the queue. Test runs do not count. */
export interface ConcurrencySettings {
  /** Runs at once, 1–1,000. Default: as many as the installation has room for. */
  limit?: number;
  /**
   * A path into the trigger's output, starting with the trigger's id. Runs with the same value there go one after another, in the
   * order in which they came; a run without a value waits for nobody.
   */
  key?: string[];
}

/** How long the history of the flow's runs is kept. Default: as the installation says. Pinned and named runs stay. */
export interface RetentionSettings {
  /** Since the run ended, 1–3,650. */
  days?: number;
  /** The newest so many runs, 1–10,000,000. */
  runs?: number;
}

/** Joins a step's port to the step that follows. */
export interface Edge {
  from: [stepId: string, port: string];
  to: string;
}

export interface Note {
  id: string;
  text: string;
  at: [x: number, y: number];
  size?: [width: number, height: number];
}

/** Which operation a step uses; versions are exact. */
export interface OperationRef {
  connector: string;
  version: string;
  operation: string;
}

export interface Sample {
  title: string;
  output: Json;
}

interface StepBase {
  title: string;
  /** The forEach step this one belongs to. */
  in?: string;
  /** A person's note to themselves, shown on the step. */
  note?: string;
  schemas?: {
    /** Describes what the operation leaves open in its input (an HTTP body, an answer, a transform's target). */
    input?: JsonSchema;
    /** Learned from samples, where the operation does not declare its output. */
    output?: JsonSchema;
  };
  samples?: Sample[];
  /** Index in `samples`: test runs use this output instead of running the step. */
  pinned?: number;
}

export interface RetryPolicy {
  /** All tries together, the first included: 1–10. Default 1. */
  attempts: number;
  backoff: 'fixed' | 'exponential';
  /** Before the first retry, milliseconds. Default 1_000. */
  delayMs?: number;
}

interface Effects {
  retry?: RetryPolicy;
  /** For each attempt, milliseconds. Default 30_000. */
  timeoutMs?: number;
  /** `fail` (default) ends the run; `continue` goes on with the output missing; `port` goes on at the error port, where the output is `{ error: { kind, message } }`. */
  onError?: 'fail' | 'continue' | 'port';
}

export interface TriggerStep extends StepBase {
  kind: 'trigger';
  use: OperationRef;
  config?: Record<string, Json>;
  connection?: string;
}

export interface ActionStep extends StepBase, Effects {
  kind: 'action';
  /**
   * `at-least-once` (default): after a crash the step is done again under the same idempotency key. `at-most-once`: once begun it is
   * never begun again; a crash or a time-out in the middle is a failure whose outcome is unknown.
   */
  delivery?: 'at-least-once' | 'at-most-once';
  use: OperationRef;
  config?: Record<string, Json>;
  /** Id of the connection whose credentials the operation gets. */
  connection?: string;
  input?: MappingDocument;
}

/** A mapping on its own; its output is the mapping's result, described by `schemas.input`. */
export interface TransformStep extends StepBase, Effects {
  kind: 'transform';
  input?: MappingDocument;
}

/** False ends this item, or the run, as skipped. */
export interface FilterStep extends StepBase {
  kind: 'filter';
  condition?: Expression;
}

/** One port per case id, in order, and `else`. The first case that is true wins. */
export interface BranchStep extends StepBase {
  kind: 'branch';
  cases: { id: string; title: string; condition?: Expression }[];
}

/** A container: steps whose `in` names it run once per item. */
export interface ForEachStep extends StepBase {
  kind: 'forEach';
  /** The list to go through; not used where there is a `source`. */
  items?: Expression;
  /** Goes through a stream instead of a list: its records are read batch by batch and never held all at once. */
  source?: StreamSource;
  /** Records read, written and committed together, 1–10,000. Default 500. Streams only. */
  batchSize?: number;
  /** The name inner steps use for the current item. */
  as: string;
  /** Items at once, 1–50. Default 1. */
  concurrency?: number;
  /** `stop` (default) fails the run at the first failed item; `skip` and `collect` go on, `collect` keeps the errors. */
  onItemError?: 'stop' | 'skip' | 'collect';
  /** What each item adds to the output's `items`; paths may start with inner steps and `as`. Of a stream at most the first 1,000. */
  collect?: Expression;
}

/** Where a loop reads its records from: an operation whose `stream.role` is `source`. */
export interface StreamSource {
  use: OperationRef;
  config?: Record<string, Json>;
  /** Id of the connection whose credentials the operation gets. */
  connection?: string;
  input?: MappingDocument;
  /** What one record looks like, as it was read from the source; describes what the operation leaves open. */
  record?: JsonSchema;
  /** Records that were seen; the first one is shown while mapping. */
  samples?: Sample[];
}

/** The answer of an answer-when-finished webhook: target `{ status, headers, body }`. */
export interface RespondStep extends StepBase {
  kind: 'respond';
  input?: MappingDocument;
}

export interface StopStep extends StepBase {
  kind: 'stop';
  /** How the run ends. Default succeeded. */
  outcome?: 'succeeded' | 'failed';
  message?: string;
}

/**
 * Parks the run until a moment or a signal. Its output is `{ resumedAt, payload? }`; a signal that does not come in time leads to
 * the port `timeout`, where there is a time limit.
 */
export interface WaitStep extends StepBase {
  kind: 'wait';
  mode: 'duration' | 'date' | 'signal';
  /** `duration`: how long, milliseconds. */
  durationMs?: number;
  /** `date`: gives a date or a date with time, as text; without a zone it means the flow's own. In the past: the run goes on at once. */
  date?: Expression;
  /** `signal`: gives a text or a number; the signal that names the same key ends this wait. What it brings is described by `schemas.output`. */
  key?: Expression;
  /** `signal`: how long at most, milliseconds. */
  timeoutMs?: number;
  /** `signal`: who may send it, and where its key stands. Default: whoever knows the address, with the key in it. */
  sender?: SignalSender;
}

/** How a signal comes: an operation whose trigger's strategy is `signal`. */
export interface SignalSender {
  use: OperationRef;
  config?: Record<string, Json>;
  /** Id of the connection with the secret that signals are checked with. */
  connection?: string;
}

/** Parks the run until a person decides. Its output is `{ approved, comment, decidedBy, decidedAt }`. */
export interface ApprovalStep extends StepBase {
  kind: 'approval';
  /** What is asked, as the people who decide read it. */
  question: string;
  /** Who may decide: these people, and everybody with one of these roles. */
  assignees: { users: string[]; roles: ApproverRole[] };
  /** What they are shown. */
  input?: MappingDocument;
  /** How long they have, milliseconds. */
  timeoutMs?: number;
  /** What happens when nobody decides in time. Default reject. */
  onTimeout?: 'reject' | 'approve' | 'fail';
}

/**
 * Calls another flow of the workspace as a run of its own and waits for its end. Its output is what that flow answers: the body
 * of its respond step.
 */
export interface SubflowStep extends StepBase, Pick<Effects, 'onError'> {
  kind: 'subflow';
  /** Id of the flow that is called; empty while none is chosen. */
  flow: string;
  /** Set by publishing: the called flow's version at that moment. Without it, as in a test run, its draft is called. */
  version?: number;
  /** Fills what the called flow's trigger takes as its body. */
  input?: MappingDocument;
}

export type ApproverRole = 'owner' | 'member';

export type Step =
  | TriggerStep
  | ActionStep
  | TransformStep
  | FilterStep
  | BranchStep
  | ForEachStep
  | RespondStep
  | StopStep
  | WaitStep
  | ApprovalStep
  | SubflowStep;

export type StepKind = Step['kind'];
export type StepOf<K extends StepKind> = Extract<Step, { kind: K }>;

export const emptyFlow = (title: string): FlowDocument => ({
  format: 'weft.flow/1',
  title,
  steps: {},
  edges: [],
  layout: {},
  notes: [],
});
