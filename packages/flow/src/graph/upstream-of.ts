import type { FlowDocument, Step } from '../document.ts';
import { kindOf } from '../kinds/kind-of.ts';
import { besideGraph, containersOf, stepGraph, stepOf } from './step-graph.ts';
import { stepOrder } from './step-order.ts';

/**
 * The steps whose outputs a step may read, nearest first: everything on a way to it, and everything on a way to the
 * loops around it. The loops themselves are not among them: inside, their item has a name of its own (`as`).
 */
export const upstreamOf = (flow: FlowDocument, stepId: string): string[] => [...upstreamSet(flow, stepId)];

/** The same as a set that is made once. */
export const upstreamSet: (flow: FlowDocument, stepId: string) => ReadonlySet<string> = besideGraph(findUpstream);

/** What a step may read, in the order of the flow: outputs of steps, items of loops. The same list as long as the graph is. */
export const readableOf: (flow: FlowDocument, stepId: string) => readonly Readable[] = besideGraph((flow, stepId) =>
  readable(flow, upstreamSet(flow, stepId), new Set(containersOf(flow, stepId))),
);

/** What a loop's `collect` may read: beside all that the loop may read, the steps inside it and its item. */
export const collectableOf: (flow: FlowDocument, stepId: string) => readonly Readable[] = besideGraph((flow, stepId) => {
  const inner = stepGraph(flow).inside.get(stepId) ?? [];
  return readable(flow, new Set([...upstreamSet(flow, stepId), ...inner]), new Set([stepId, ...containersOf(flow, stepId)]));
});

export interface Readable {
  stepId: string;
  /** Its output, or as a loop around the reader its item. */
  what: 'output' | 'item';
}

/** The steps that run after a step in its own container, in no particular order, without the step itself. */
export function downstreamOf(flow: FlowDocument, stepId: string): Set<string> {
  const found = new Set<string>();
  const queue = [stepId];
  for (let at = 0; at < queue.length; at++) {
    for (const { to } of stepGraph(flow).outgoing.get(queue[at]!) ?? []) {
      if (found.has(to)) continue;
      found.add(to);
      queue.push(to);
    }
  }
  found.delete(stepId);
  return found;
}

function readable(flow: FlowDocument, outputs: ReadonlySet<string>, items: ReadonlySet<string>): readonly Readable[] {
  return stepOrder(flow).flatMap((stepId): Readable[] => {
    if (items.has(stepId)) return [{ stepId, what: 'item' }];
    return outputs.has(stepId) && givesOutput(stepOf(flow, stepId)) ? [{ stepId, what: 'output' }] : [];
  });
}

/** False for a kind that gives nothing, whose output nobody can read. */
export const givesOutput = (step: Step | undefined): boolean => step !== undefined && kindOf(step).output !== undefined;

function findUpstream(flow: FlowDocument, stepId: string): ReadonlySet<string> {
  const found = new Set<string>();
  if (!stepOf(flow, stepId)) return found;
  const { incoming } = stepGraph(flow);
  const around = containersOf(flow, stepId);
  const hidden = new Set([stepId, ...around]);
  for (const start of [stepId, ...around]) {
    const queue = [start];
    const seen = new Set(queue);
    for (let at = 0; at < queue.length; at++) {
      for (const { from } of incoming.get(queue[at]!) ?? []) {
        if (seen.has(from[0])) continue;
        seen.add(from[0]);
        queue.push(from[0]);
        if (!hidden.has(from[0])) found.add(from[0]);
      }
    }
  }
  return found;
}
