import type { FlowDocument } from '../document.ts';
import type { Problem } from '../problem.ts';
import { removeSteps } from '../edit/remove-steps.ts';
import { moveIntoLoop, updateStep } from '../edit/add-step.ts';
import { quoted, type Rules } from './check.ts';

/** Exactly one trigger, outside every loop. */
export const triggers: Rules = ({ flow }) => {
  const found = Object.entries(flow.steps).filter(([, { kind }]) => kind === 'trigger');
  const [first, ...others] = found;
  if (!first) {
    return [{ code: 'trigger.missing', severity: 'error', message: 'Nothing starts this flow yet: add a trigger.' }];
  }
  const second = others.map(
    ([stepId, step]): Problem => ({
      code: 'trigger.second',
      severity: 'error',
      stepId,
      message: `A flow has one trigger, and ${quoted(first[1].title)} is one already: remove one of them.`,
      fixes: [{ title: `Remove ${quoted(step.title)}`, apply: (current) => removeSteps(current, [stepId]) }],
    }),
  );
  const inLoop = found
    .filter(([, step]) => step.in !== undefined)
    .map(
      ([stepId]): Problem => ({
        code: 'trigger.inLoop',
        severity: 'error',
        stepId,
        message: 'A trigger cannot be inside a loop: move it out.',
        fixes: [{ title: 'Move it out of the loop', apply: (current) => outOfLoop(current, stepId) }],
      }),
    );
  return [...second, ...inLoop];
};

const outOfLoop = (flow: FlowDocument, stepId: string): FlowDocument =>
  moveIntoLoop(updateStep(flow, stepId, { in: undefined }), [stepId], undefined);
