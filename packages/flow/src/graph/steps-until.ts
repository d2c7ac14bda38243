import type { FlowDocument } from '../document.ts';
import { containersOf, stepGraph } from './step-graph.ts';
import { upstreamOf } from './upstream-of.ts';

export interface Until {
  /** The steps that run. */
  steps: ReadonlySet<string>;
  /** Loops around the last step: their first item is enough. */
  firstItemOnly: ReadonlySet<string>;
}

export const isWanted = (until: Until | undefined, stepId: string): boolean => until === undefined || until.steps.has(stepId);

/** "Run to here": the step, all that leads to it, the loops around it, and the whole inside of loops before it. */
export function stepsUntil(flow: FlowDocument, stepId: string): Until {
  const around = containersOf(flow, stepId);
  const steps = new Set([stepId, ...around, ...upstreamOf(flow, stepId)]);
  const whole = [...steps].filter((id) => !around.includes(id));
  for (let at = 0; at < whole.length; at++) {
    for (const inner of stepGraph(flow).inside.get(whole[at]!) ?? []) {
      steps.add(inner);
      whole.push(inner);
    }
  }
  return { steps, firstItemOnly: new Set(around) };
}
