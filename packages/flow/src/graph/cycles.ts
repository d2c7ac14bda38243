import type { FlowDocument } from '../document.ts';
import { stepGraph } from './step-graph.ts';

/**
 * Groups of steps that lead back to themselves, each group once, in the order of the document.
 * Tarjan's strongly connected components, without recursion so that a long chain cannot overflow the stack.
 */
export function cycles(flow: FlowDocument): string[][] {
  const graph = stepGraph(flow);
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const found: string[][] = [];
  let counter = 0;

  const begin = (stepId: string) => {
    index.set(stepId, counter);
    low.set(stepId, counter++);
    open.push(stepId);
    isOpen.add(stepId);
    return { stepId, edges: graph.outgoing.get(stepId) ?? [], at: 0 };
  };
  const close = (stepId: string): void => {
    if (low.get(stepId) !== index.get(stepId)) return;
    const group = open.splice(open.indexOf(stepId));
    for (const member of group) isOpen.delete(member);
    const loopsOnItself = graph.outgoing.get(stepId)?.some(({ to }) => to === stepId);
    if (group.length > 1 || loopsOnItself) found.push(group);
  };

  for (const root of Object.keys(flow.steps)) {
    if (index.has(root)) continue;
    const walk = [begin(root)];
    while (walk.length > 0) {
      const here = walk.at(-1)!;
      const edge = here.edges[here.at++];
      if (edge) {
        if (!index.has(edge.to)) walk.push(begin(edge.to));
        else if (isOpen.has(edge.to)) lower(low, here.stepId, index.get(edge.to)!);
        continue;
      }
      walk.pop();
      const parent = walk.at(-1);
      if (parent) lower(low, parent.stepId, low.get(here.stepId)!);
      close(here.stepId);
    }
  }
  return found;
}

function lower(low: Map<string, number>, stepId: string, value: number): void {
  if (value < low.get(stepId)!) low.set(stepId, value);
}
