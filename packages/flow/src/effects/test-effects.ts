import type { Catalogue } from '../catalogue.ts';
import type { FlowDocument, Step } from '../document.ts';
import { stepOf } from '../graph/step-graph.ts';
import { stepOrder } from '../graph/step-order.ts';
import { isWanted, stepsUntil } from '../graph/steps-until.ts';
import { repeatOfStep } from '../kinds/parts-of.ts';
import { viewOf } from '../schemas/view-of.ts';

/**
 * The steps by which a test of this flow would change something outside, in running order: those that are more than a read and
 * are not answered by a pinned sample.
 * @param until - the last step of the test; without it the flow runs to its end.
 */
export function effectsOfTest(flow: FlowDocument, catalogue: Catalogue, until?: string): string[] {
  const wanted = until === undefined ? undefined : stepsUntil(flow, until);
  return stepOrder(flow).filter((stepId) => {
    const step = stepOf(flow, stepId);
    return step !== undefined && isWanted(wanted, stepId) && !isPinned(step) && actsOutside(step, catalogue);
  });
}

/** True where doing the step is more than reading, whether it can be repeated or not. */
export const actsOutside = (step: Step, catalogue: Catalogue): boolean => (repeatOfStep(step, catalogue) ?? 'read') !== 'read';

/** The flow with these steps answered by the sample that stands for them in the editor, made up where they have none. */
export function answeredBySamples(flow: FlowDocument, stepIds: readonly string[], catalogue: Catalogue): FlowDocument {
  const view = viewOf(flow, catalogue);
  const steps = { ...flow.steps };
  for (const stepId of stepIds) {
    const step = stepOf(flow, stepId);
    if (!step) continue;
    const output = view.sample(stepId).value ?? {};
    steps[stepId] = step.samples?.[0] ? { ...step, pinned: 0 } : { ...step, samples: [{ title: 'Made up', output }], pinned: 0 };
  }
  return { ...flow, steps };
}

const isPinned = ({ pinned, samples }: Step): boolean => pinned !== undefined && samples?.[pinned] !== undefined;
