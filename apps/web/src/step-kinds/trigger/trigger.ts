import type { TriggerStep } from '@weft/flow';
import type { StepKindView } from '../step-kind-view.ts';
import { stepLine } from '../summary/operation-line.ts';

export const trigger: StepKindView<TriggerStep> = {
  summary: (step, { catalogue }) => stepLine(step, catalogue),
};
