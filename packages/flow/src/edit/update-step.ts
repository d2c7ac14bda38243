import type { FlowDocument, Step } from '../document.ts';
import { stepOf } from '../graph/step-graph.ts';

/** The flow with some keys of one step changed; a key that is set to undefined is taken away. */
export function updateStep(flow: FlowDocument, stepId: string, changes: Partial<Step>): FlowDocument {
  const step = stepOf(flow, stepId);
  if (!step) return flow;
  const merged: Record<string, unknown> = { ...step, ...changes };
  for (const key of Object.keys(merged)) if (merged[key] === undefined) delete merged[key];
  // The caller changes keys of the step's own kind; parseFlow and problems check the result as they check any draft.
  return { ...flow, steps: { ...flow.steps, [stepId]: merged as unknown as Step } };
}
