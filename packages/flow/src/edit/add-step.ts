import type { Edge, FlowDocument, Step } from '../document.ts';
import { portsOf } from '../graph/ports-of.ts';
import { stepOf } from '../graph/step-graph.ts';
import { sameEdge, whyNotConnect } from './connect.ts';
import { updateStep } from './update-step.ts';

type Point = [x: number, y: number];

/**
 * The flow with one more step, not connected.
 * @param stepId - from `uniqueStepId`.
 * @throws {RangeError} when the id is taken: a caller's bug, since it would overwrite a step.
 */
export function addStep(flow: FlowDocument, stepId: string, step: Step, at: Point): FlowDocument {
  if (Object.hasOwn(flow.steps, stepId)) throw new RangeError(`There is a step "${stepId}" already: ask uniqueStepId for a free id.`);
  return { ...flow, steps: { ...flow.steps, [stepId]: step }, layout: { ...flow.layout, [stepId]: at } };
}

export function moveSteps(flow: FlowDocument, to: Record<string, Point>): FlowDocument {
  return { ...flow, layout: { ...flow.layout, ...to } };
}

/**
 * A step, new or on the canvas already, put in the middle of an edge: it moves to the edge's container, without edges that would
 * cross its border, and what came after goes on at its first port (a stop has none, so nothing follows it).
 */
export function insertOnEdge(flow: FlowDocument, edge: Edge, stepId: string, step?: Step, at?: Point): FlowDocument {
  const source = stepOf(flow, edge.from[0]);
  const added = step && at ? addStep(flow, stepId, step, at) : flow;
  const inserted = stepOf(added, stepId);
  if (!source || !inserted || inserted.kind === 'trigger' || !flow.edges.some((other) => sameEdge(other, edge))) return flow;
  const moved = moveIntoLoop(added, [stepId], source.in);
  // A loop cannot be inside itself.
  if (stepOf(moved, stepId)?.in !== source.in) return flow;
  const placed = { ...moved, edges: moved.edges.filter((other) => !sameEdge(other, edge)) };
  const port = portsOf(inserted)[0]?.id;
  const edges: Edge[] = [{ from: edge.from, to: stepId }];
  if (port !== undefined) edges.push({ from: [stepId, port], to: edge.to });
  return edges.reduce<FlowDocument>(
    (result, { from, to }) =>
      whyNotConnect(result, from, to) === undefined ? { ...result, edges: [...result.edges, { from, to }] } : result,
    placed,
  );
}

/**
 * Puts steps into a loop, or with `undefined` out of it. Edges that would cross the loop's border go; a trigger and the
 * loop itself stay where they are.
 */
export function moveIntoLoop(flow: FlowDocument, stepIds: readonly string[], loop: string | undefined): FlowDocument {
  const movable = stepIds.filter((stepId) => {
    const step = stepOf(flow, stepId);
    return step && step.kind !== 'trigger' && stepId !== loop && !isAround(flow, stepId, loop);
  });
  const moved = movable.reduce((result, stepId) => updateStep(result, stepId, { in: loop }), flow);
  const inside = (stepId: string) => stepOf(moved, stepId)?.in;
  return { ...moved, edges: moved.edges.filter(({ from, to }) => inside(from[0]) === inside(to)) };
}

function isAround(flow: FlowDocument, stepId: string, loop: string | undefined): boolean {
  const seen = new Set<string>();
  for (let at = loop; at !== undefined && !seen.has(at); at = stepOf(flow, at)?.in) {
    if (at === stepId) return true;
    seen.add(at);
  }
  return false;
}
