import type { ActionStep } from '@weft/flow';
import type { StepKindView } from '../step-kind-view.ts';
import { stepLine } from '../summary/operation-line.ts';

export const action: StepKindView<ActionStep> = {
  summary: (step, { catalogue }) => stepLine(step, catalogue),
};
