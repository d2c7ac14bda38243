import type { ActionStep } from './kinds/action.ts';
import type { ApprovalStep } from './kinds/approval.ts';
import type { BranchStep } from './kinds/branch.ts';
import type { FilterStep } from './kinds/filter.ts';
import type { ForEachStep } from './kinds/for-each.ts';
import type { RespondStep } from './kinds/respond.ts';
import type { StopStep } from './kinds/stop.ts';
import type { SubflowStep } from './kinds/subflow.ts';
import type { TransformStep } from './kinds/transform.ts';
import type { TriggerStep } from './kinds/trigger.ts';
import type { WaitStep } from './kinds/wait.ts';

export type { ApproverRole } from './kinds/approval.ts';
export type { Effects, RetryPolicy } from './kinds/effects.ts';
export type { StreamSource } from './kinds/for-each.ts';
export { connectionTakenOut } from './kinds/step-base.ts';
export type { OperationRef, OperationUse, Sample } from './kinds/step-base.ts';
export type { SignalSender } from './kinds/wait.ts';
export type { ActionStep, ApprovalStep, BranchStep, FilterStep, ForEachStep, RespondStep, StopStep, SubflowStep, TransformStep, TriggerStep, WaitStep };

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
  /**
   * Names of steps and items that were removed, the last ones last, at most 200. A copy in somebody's clipboard may read them still, so nothing new is
   * called so. Not behaviour.
   */
  retired?: string[];
}

export interface FlowSettings {
  /** IANA name; default UTC. */
  timezone?: string;
  concurrency?: ConcurrencySettings;
  /** The title of runs: a path into the trigger's output, starting with the trigger's id, such as an order number. */
  runTitle?: string[];
  retention?: RetentionSettings;
}

/** How many live runs of the flow are worked on at once; the others wait in the queue. Test runs do not count. */
export interface ConcurrencySettings {
  /** Runs at once, 1–1,000. Default: as many as the installation has room for. */
  limit?: number;
  /**
   * A path into the trigger's output, starting with the trigger's id. Runs with the same value there go one after another, in the
   * order in which they came; a run without a value waits for no other.
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

/** One box of a flow. Its fields and rules are declared in `kinds/<kind>.ts`. */
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
