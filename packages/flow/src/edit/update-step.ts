import { defined } from '@weft/json-schema';
import type { FlowDocument, Step } from '../document.ts';
import { stepOf } from '../graph/step-graph.ts';

/** The flow with some keys of one step changed; a key that is set to undefined is taken away. */
export function updateStep(flow: FlowDocument, stepId: string, changes: Partial<Step>): FlowDocument {
  const step = stepOf(flow, stepId);
  if (!step) return flow;
  // The caller changes keys of the step's own kind; parseFlow and problems check the result as they check any draft.
  return { ...flow, steps: { ...flow.steps, [stepId]: defined({ ...step, ...changes }) as Step } };
}
