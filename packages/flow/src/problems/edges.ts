import type { Edge, FlowDocument } from '../document.ts';
import type { Fix, Problem } from '../problem.ts';
import { connect, disconnect, sameEdge, whyNotConnect } from '../edit/connect.ts';
import { cycles } from '../graph/cycles.ts';
import { goesOnByItself, portsOf } from '../graph/ports-of.ts';
import { stepGraph, stepOf } from '../graph/step-graph.ts';
import { quoted, type Rules } from './check.ts';

/** Edges join ports and steps that exist, on one side of a loop's border, and never lead in a circle. */
export const edges: Rules = ({ flow }) => [
  ...flow.edges.flatMap((edge, at) => brokenEdge(flow, edge, at)),
  ...cycles(flow).map((group) => circle(flow, group)),
  ...Object.keys(flow.steps).flatMap((stepId) => unconnected(flow, stepId)),
];

function brokenEdge(flow: FlowDocument, edge: Edge, at: number): Problem[] {
  const source = stepOf(flow, edge.from[0]);
  const target = stepOf(flow, edge.to);
  const problem = (code: string, message: string, stepId: string | undefined): Problem[] => [
    { code, severity: 'error', ...(stepId !== undefined && { stepId }), path: ['edges', String(at)], message, fixes: [removal(edge)] },
  ];
  if (!source) return problem('edge.fromMissing', 'A connection starts at a step that is gone: remove the connection.', target && edge.to);
  if (!target) return problem('edge.toMissing', `A connection from ${quoted(source.title)} leads to a step that is gone: remove the connection.`, edge.from[0]);
  if (!portsOf(source).some(({ id }) => id === edge.from[1])) {
    return problem('edge.portMissing', `${quoted(source.title)} no longer has the way out that leads to ${quoted(target.title)}: connect it anew.`, edge.from[0]);
  }
  if (target.kind === 'trigger') return problem('edge.toTrigger', `Nothing can come before the trigger ${quoted(target.title)}.`, edge.to);
  if (source.in !== target.in) {
    return problem('edge.crossesLoop', `The connection from ${quoted(source.title)} to ${quoted(target.title)} crosses the border of a loop: put both on the same side.`, edge.to);
  }
  const isRepeated = flow.edges.findIndex((other) => sameEdge(other, edge)) !== at;
  if (!isRepeated) return [];
  const onlyOnce: Fix = { title: 'Keep one', apply: (current) => connect(disconnect(current, edge), edge.from, edge.to) };
  return [{ code: 'edge.twice', severity: 'warning', stepId: edge.to, path: ['edges', String(at)], message: 'The same two steps are connected twice.', fixes: [onlyOnce] }];
}

const removal = (edge: Edge): Fix => ({ title: 'Remove the connection', apply: (flow) => disconnect(flow, edge) });

function circle(flow: FlowDocument, group: string[]): Problem {
  const titles = group.map((stepId) => quoted(stepOf(flow, stepId)?.title));
  const message =
    group.length === 1
      ? `${titles[0]} leads back to itself: remove that connection. To repeat steps, use a loop.`
      : `${titles.join(', ')} lead in a circle: remove one of the connections. To repeat steps, use a loop.`;
  return { code: 'edge.cycle', severity: 'error', stepId: group[0]!, message };
}

/** Outside a loop, a step without a way to it never runs; inside, it begins each item. */
function unconnected(flow: FlowDocument, stepId: string): Problem[] {
  const step = flow.steps[stepId]!;
  if (step.kind === 'trigger' || (step.in !== undefined && stepOf(flow, step.in)?.kind === 'forEach')) return [];
  if ((stepGraph(flow).incoming.get(stepId) ?? []).length > 0) return [];
  const after = onlyOpenEnd(flow, stepId);
  return [
    {
      code: 'step.unconnected',
      severity: 'error',
      stepId,
      message: `Nothing leads to ${quoted(step.title)}, so it would never run: connect it or remove it.`,
      ...(after !== undefined && {
        fixes: [{ title: `Connect it after ${quoted(stepOf(flow, after)?.title)}`, apply: (current) => connect(current, [after, 'next'], stepId) }],
      }),
    },
  ];
}

/** The one step where the flow could go on to this one; undefined where there are none or several. */
function onlyOpenEnd(flow: FlowDocument, stepId: string): string | undefined {
  const ends = Object.entries(flow.steps).filter(
    ([id, step]) =>
      goesOnByItself(step) &&
      !stepGraph(flow).outgoing.get(id)?.some(({ from }) => from[1] === 'next') &&
      whyNotConnect(flow, [id, 'next'], stepId) === undefined,
  );
  return ends.length === 1 ? ends[0]![0] : undefined;
}
