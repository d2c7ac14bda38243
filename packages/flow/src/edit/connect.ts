import type { Said } from '@weft/sentences';
import type { Edge, FlowDocument } from '../document.ts';
import { portsOf } from '../graph/ports-of.ts';
import { stepOf } from '../graph/step-graph.ts';
import { downstreamOf } from '../graph/upstream-of.ts';
import { say } from '../sentences.en.ts';

export const sameEdge = (a: Edge, b: Edge): boolean => a.to === b.to && a.from[0] === b.from[0] && a.from[1] === b.from[1];

/** Why this edge may not be drawn, as a sentence; undefined when it may. */
export function whyNotConnect(flow: FlowDocument, from: Edge['from'], to: string): Said | undefined {
  const source = stepOf(flow, from[0]);
  const target = stepOf(flow, to);
  if (!source || !target) return say('flow.connect.gone');
  if (from[0] === to) return say('flow.connect.itself');
  if (target.kind === 'trigger') return say('flow.connect.trigger');
  if (!portsOf(source).some(({ id }) => id === from[1])) return say('flow.connect.port', { step: source.title });
  if (source.in !== target.in) return say('flow.connect.border');
  if (flow.edges.some((edge) => sameEdge(edge, { from, to }))) return say('flow.connect.twice');
  if (downstreamOf(flow, to).has(from[0])) return say('flow.connect.circle');
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
