import type { Edge, FlowDocument, Step } from '../document.ts';

/** A flow's edges and containers, indexed once. Edges to or from steps that do not exist are left out. */
export interface StepGraph {
  incoming: ReadonlyMap<string, readonly Edge[]>;
  outgoing: ReadonlyMap<string, readonly Edge[]>;
  /** Steps by the container they are in; `undefined` is the flow itself. */
  inside: ReadonlyMap<string | undefined, readonly string[]>;
}

/** What the graph of a flow depends on beside its edges: every step's id, kind and container. */
type Shape = readonly (string | undefined)[];

const graphOfFlow = new WeakMap<FlowDocument, StepGraph>();
const graphOfEdges = new WeakMap<readonly Edge[], { shape: Shape; graph: StepGraph }>();

/**
 * A flow document never changes in place (an edit gives a new one), so its graph is made once. Edits inside a step
 * leave the edges and the shape as they were: then the new document has the same graph, and what was kept beside it.
 */
export function stepGraph(flow: FlowDocument): StepGraph {
  const known = graphOfFlow.get(flow);
  if (known) return known;
  const shape = Object.entries(flow.steps).flatMap(([stepId, step]) => [stepId, step.kind, step.in]);
  const earlier = graphOfEdges.get(flow.edges);
  const isSame = earlier?.shape.length === shape.length && earlier.shape.every((part, at) => part === shape[at]);
  const graph = earlier && isSame ? earlier.graph : indexGraph(flow);
  graphOfFlow.set(flow, graph);
  graphOfEdges.set(flow.edges, { shape, graph });
  return graph;
}

/** Keeps what follows from a graph alone beside it, each made once. */
export function besideGraph<T>(make: (flow: FlowDocument, stepId: string) => T): (flow: FlowDocument, stepId: string) => T {
  const kept = new WeakMap<StepGraph, Map<string, T>>();
  return (flow, stepId) => {
    const graph = stepGraph(flow);
    let made = kept.get(graph);
    if (!made) kept.set(graph, (made = new Map()));
    const known = made.get(stepId);
    if (known !== undefined) return known;
    const value = make(flow, stepId);
    made.set(stepId, value);
    return value;
  };
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
