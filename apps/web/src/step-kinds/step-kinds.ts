import type { Step, StepKind, StepOf } from '@weft/flow';
import { action } from './action/action.ts';
import { approval } from './approval/approval.ts';
import { branch } from './branch/branch.ts';
import { filter } from './filter/filter.ts';
import { forEach } from './for-each/for-each.ts';
import { respond } from './respond/respond.ts';
import type { StepKindView } from './step-kind-view.ts';
import { stop } from './stop/stop.ts';
import { subflow } from './subflow/subflow.ts';
import { transform } from './transform/transform.ts';
import { trigger } from './trigger/trigger.ts';
import { wait } from './wait/wait.ts';

/** Every kind of step, in the order in which the palette offers them. */
export const stepKinds: { readonly [K in StepKind]: StepKindView<StepOf<K>> } = {
  trigger,
  action,
  transform,
  filter,
  branch,
  forEach,
  wait,
  approval,
  subflow,
  respond,
  stop,
};

// The table gives each kind the view of its own steps; TypeScript cannot follow a union through an index.

/** Every kind with its view, in the table's order. */
export const stepKindViews = () => Object.entries(stepKinds) as [StepKind, StepKindView][];

/** How the editor shows a step. */
export const viewOf = (step: Step): StepKindView => stepKinds[step.kind] as StepKindView;
