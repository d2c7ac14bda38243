import type { Edge, FlowDocument } from '../document.ts';
import { portsOf } from '../graph/ports-of.ts';
import { stepOf } from '../graph/step-graph.ts';
import { downstreamOf } from '../graph/upstream-of.ts';

export const sameEdge = (a: Edge, b: Edge): boolean => a.to === b.to && a.from[0] === b.from[0] && a.from[1] === b.from[1];

/** Why this edge may not be drawn, as a sentence; undefined when it may. */
export function whyNotConnect(flow: FlowDocument, from: Edge['from'], to: string): string | undefined {
  const source = stepOf(flow, from[0]);
  const target = stepOf(flow, to);
  if (!source || !target) return 'One of the two steps is gone.';
  if (from[0] === to) return 'A step cannot follow itself.';
  if (target.kind === 'trigger') return 'Nothing can come before the trigger.';
  if (!portsOf(source).some(({ id }) => id === from[1])) return `“${source.title}” has no such way out.`;
  if (source.in !== target.in) return 'A connection cannot cross the border of a loop: put both steps on the same side.';
  if (flow.edges.some((edge) => sameEdge(edge, { from, to }))) return 'These two are connected already.';
  if (downstreamOf(flow, to).has(from[0])) return 'This would make the flow run in a circle. To repeat steps, use a loop.';
  return undefined;
}

/** The flow with one more edge; the same flow where `whyNotConnect` has a reason. */
export function connect(flow: FlowDocument, from: Edge['from'], to: string): FlowDocument {
  if (whyNotConnect(flow, from, to) !== undefined) return flow;
  return { ...flow, edges: [...flow.edges, { from: [...from], to }] };
}

export function disconnect(flow: FlowDocument, edge: Edge): FlowDocument {
  return { ...flow, edges: flow.edges.filter((other) => !sameEdge(other, edge)) };
}
