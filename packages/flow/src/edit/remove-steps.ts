import type { Edge, FlowDocument } from '../document.ts';
import { stepGraph, stepOf } from '../graph/step-graph.ts';
import { namesOf } from '../kinds/parts-of.ts';
import { whyNotConnect } from './connect.ts';
import { maxRetired } from './unique-step-id.ts';

/**
 * The flow without these steps and what is inside them. A chain closes over the gap where there is one way to close it:
 * a removed step with one way out joins what came before with what came after.
 */
export function removeSteps(flow: FlowDocument, stepIds: readonly string[]): FlowDocument {
  const removed = [...withInner(flow, stepIds)];
  if (removed.length === 0) return flow;
  const names = removed.flatMap((stepId) => [stepId, ...namesOf(flow.steps[stepId]!)]);
  const retired = [...(flow.retired ?? []).filter((name) => !names.includes(name)), ...names].slice(-maxRetired);
  return removed.reduce(removeOne, { ...flow, retired });
}

/** These steps, and all that is inside those of them that are loops. */
export function withInner(flow: FlowDocument, stepIds: readonly string[]): Set<string> {
  const all = new Set(stepIds.filter((stepId) => stepOf(flow, stepId)));
  for (const stepId of all) for (const inner of stepGraph(flow).inside.get(stepId) ?? []) all.add(inner);
  return all;
}

function removeOne(flow: FlowDocument, stepId: string): FlowDocument {
  const before = flow.edges.filter(({ to }) => to === stepId);
  const after = flow.edges.filter(({ from }) => from[0] === stepId);
  const steps = { ...flow.steps };
  const layout = { ...flow.layout };
  delete steps[stepId];
  delete layout[stepId];
  const rest = { ...flow, steps, layout, edges: flow.edges.filter(({ from, to }) => from[0] !== stepId && to !== stepId) };
  return healing(before, after).reduce<FlowDocument>(
    (result, edge) => (whyNotConnect(result, edge.from, edge.to) === undefined ? { ...result, edges: [...result.edges, edge] } : result),
    rest,
  );
}

function healing(before: Edge[], after: Edge[]): Edge[] {
  const oneWayOut = new Set(after.map(({ from }) => from[1])).size === 1;
  if (!oneWayOut || (before.length > 1 && after.length > 1)) return [];
  return before.flatMap(({ from }) => after.map(({ to }) => ({ from, to })));
}
