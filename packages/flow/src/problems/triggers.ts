import type { FlowDocument } from '../document.ts';
import type { Problem } from '../problem.ts';
import { removeSteps } from '../edit/remove-steps.ts';
import { moveIntoLoop } from '../edit/add-step.ts';
import { updateStep } from '../edit/update-step.ts';
import { fix, say } from '../sentences.en.ts';
import { named, ofFlow } from './check.ts';

/** Exactly one trigger, outside every loop. */
export const triggers = ofFlow(({ flow }) => {
  const found = Object.entries(flow.steps).filter(([, { kind }]) => kind === 'trigger');
  const [first, ...others] = found;
  if (!first) {
    return [{ code: 'trigger.missing', severity: 'error', ...say('flow.trigger.missing') }];
  }
  const second = others.map(
    ([stepId, step]): Problem => ({
      code: 'trigger.second',
      severity: 'error',
      stepId,
      ...say('flow.trigger.second', { first: named(first[1].title) }),
      fixes: [fix(say('flow.fix.remove', { step: named(step.title) }), (current) => removeSteps(current, [stepId]))],
    }),
  );
  const inLoop = found
    .filter(([, step]) => step.in !== undefined)
    .map(
      ([stepId]): Problem => ({
        code: 'trigger.inLoop',
        severity: 'error',
        stepId,
        ...say('flow.trigger.inLoop'),
        fixes: [fix(say('flow.fix.outOfLoop'), (current) => outOfLoop(current, stepId))],
      }),
    );
  return [...second, ...inLoop];
});

const outOfLoop = (flow: FlowDocument, stepId: string): FlowDocument =>
  moveIntoLoop(updateStep(flow, stepId, { in: undefined }), [stepId], undefined);
