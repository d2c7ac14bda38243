import type { Edge, FlowDocument, Step } from '../document.ts';

/** A flow's edges and containers, indexed once. Edges to or from steps that do not exist are left out. */
export interface StepGraph {
  incoming: ReadonlyMap<string, readonly Edge[]>;
  outgoing: ReadonlyMap<string, readonly Edge[]>;
  /** Steps by the container they are in; `undefined` is the flow itself. */
  inside: ReadonlyMap<string | undefined, readonly string[]>;
}

const graphs = new WeakMap<FlowDocument, StepGraph>();

/** A flow document never changes in place (an edit gives a new one), so its graph is made once. */
export function stepGraph(flow: FlowDocument): StepGraph {
  let graph = graphs.get(flow);
  if (!graph) graphs.set(flow, (graph = indexGraph(flow)));
  return graph;
}

/** The step with this id, own properties only. */
export const stepOf = (flow: FlowDocument, stepId: string): Step | undefined =>
  Object.hasOwn(flow.steps, stepId) ? flow.steps[stepId] : undefined;

/** The forEach steps around a step, innermost first. A containment that runs in a circle ends where it would repeat. */
export function containersOf(flow: FlowDocument, stepId: string): string[] {
  const containers: string[] = [];
  for (let at = stepOf(flow, stepId)?.in; at !== undefined && at !== stepId && !containers.includes(at); ) {
    const container = stepOf(flow, at);
    if (container?.kind !== 'forEach') break;
    containers.push(at);
    at = container.in;
  }
  return containers;
}

function indexGraph(flow: FlowDocument): StepGraph {
  const incoming = new Map<string, Edge[]>();
  const outgoing = new Map<string, Edge[]>();
  const inside = new Map<string | undefined, string[]>();
  for (const [stepId, step] of Object.entries(flow.steps)) {
    incoming.set(stepId, []);
    outgoing.set(stepId, []);
    const siblings = inside.get(step.in);
    if (siblings) siblings.push(stepId);
    else inside.set(step.in, [stepId]);
  }
  for (const edge of flow.edges) {
    const to = incoming.get(edge.to);
    const from = outgoing.get(edge.from[0]);
    if (!to || !from) continue;
    to.push(edge);
    from.push(edge);
  }
  return { incoming, outgoing, inside };
}
