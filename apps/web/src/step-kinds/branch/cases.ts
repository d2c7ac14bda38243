import type { BranchStep, FlowDocument } from '@weft/flow';
import type { Command } from '../../editor/state/index.ts';

/** An id no case has, and that no edge of a former case still uses by accident. */
export function freeCaseId(step: BranchStep): string {
  const taken = new Set([...step.cases.map(({ id }) => id), 'else']);
  let number = step.cases.length + 1;
  while (taken.has(`case${number}`)) number += 1;
  return `case${number}`;
}

/** Takes a case away together with the edges that leave its port. */
export function removeCase(stepId: string, caseId: string, label: string): Command {
  return {
    label,
    apply(flow): FlowDocument {
      const step = flow.steps[stepId];
      if (step?.kind !== 'branch') return flow;
      return {
        ...flow,
        steps: { ...flow.steps, [stepId]: { ...step, cases: step.cases.filter(({ id }) => id !== caseId) } },
        edges: flow.edges.filter(({ from }) => !(from[0] === stepId && from[1] === caseId)),
      };
    },
  };
}
