import type { StepKind, StepOf } from '@weft/flow';
import type { ComponentType } from 'react';
import { ActionSetup } from './action/action-setup.tsx';
import { ApprovalSetup } from './approval/approval-setup.tsx';
import { BranchSetup } from './branch/branch-setup.tsx';
import { FilterSetup } from './filter/filter-setup.tsx';
import { ForEachSetup } from './for-each/for-each-setup.tsx';
import { RespondSetup } from './respond/respond-setup.tsx';
import type { SetupProps } from './setup-props.ts';
import { StopSetup } from './stop/stop-setup.tsx';
import { SubflowSetup } from './subflow/subflow-setup.tsx';
import { TransformSetup } from './transform/transform-setup.tsx';
import { TriggerSetup } from './trigger/trigger-setup.tsx';
import { WaitSetup } from './wait/wait-setup.tsx';
import './setup-words.ts';

/** The form of every kind. It comes with the inspector: an editor that opens shows none of them. */
export const setups: { readonly [K in StepKind]: ComponentType<SetupProps<StepOf<K>>> } = {
  trigger: TriggerSetup,
  action: ActionSetup,
  transform: TransformSetup,
  filter: FilterSetup,
  branch: BranchSetup,
  forEach: ForEachSetup,
  wait: WaitSetup,
  approval: ApprovalSetup,
  subflow: SubflowSetup,
  respond: RespondSetup,
  stop: StopSetup,
};

/** What the step is told to do. */
export function Setup({ stepId, step }: SetupProps) {
  // The table gives the form of the step's own kind; TypeScript cannot follow a union through an index.
  const Form = setups[step.kind] as ComponentType<SetupProps>;
  return <Form stepId={stepId} step={step} />;
}
