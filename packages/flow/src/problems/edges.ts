import type { Said } from '@weft/sentences';
import type { Edge, FlowDocument } from '../document.ts';
import type { Fix, Problem } from '../problem.ts';
import { connect, disconnect, whyNotConnect } from '../edit/connect.ts';
import { cycles } from '../graph/cycles.ts';
import { ports } from '../graph/port.ts';
import { goesOnByItself, portsOf } from '../graph/ports-of.ts';
import { hasWayOut } from '../graph/has-way-out.ts';
import { stepGraph, stepOf } from '../graph/step-graph.ts';
import { fix, part, say } from '../sentences.en.ts';
import { forEachStep, named, ofFlow } from './check.ts';

/** Edges join ports and steps that exist, on one side of a loop's border, and never lead in a circle. */
export const edges = ofFlow(({ flow }) => {
  const isRepeated = repeatedEdges(flow.edges);
  return [...flow.edges.flatMap((edge, at) => brokenEdge(flow, edge, at, isRepeated(at))), ...cycles(flow).map((group) => circle(flow, group))];
});

/** Every step is reached. */
export const unconnectedSteps = forEachStep(({ flow }, stepId) => unconnected(flow, stepId));

/** Tells of each edge whether it stands further up already. */
function repeatedEdges(all: readonly Edge[]): (at: number) => boolean {
  const first = new Map<string, number>();
  const keyOf = ({ from, to }: Edge) => JSON.stringify([...from, to]);
  for (const [at, edge] of all.entries()) if (!first.has(keyOf(edge))) first.set(keyOf(edge), at);
  return (at) => first.get(keyOf(all[at]!)) !== at;
}

function brokenEdge(flow: FlowDocument, edge: Edge, at: number, isRepeated: boolean): Problem[] {
  const source = stepOf(flow, edge.from[0]);
  const target = stepOf(flow, edge.to);
  const problem = (code: string, said: Said, stepId: string | undefined): Problem[] => [
    { code, severity: 'error', stepId, path: ['edges', String(at)], ...said, fixes: [removal(edge)] },
  ];
  if (!source) return problem('edge.fromMissing', say('flow.edge.fromMissing'), target && edge.to);
  const from = named(source.title);
  if (!target) return problem('edge.toMissing', say('flow.edge.toMissing', { from }), edge.from[0]);
  const to = named(target.title);
  if (!portsOf(source).some(({ id }) => id === edge.from[1])) return problem('edge.portMissing', say('flow.edge.portMissing', { from, to }), edge.from[0]);
  if (target.kind === 'trigger') return problem('edge.toTrigger', say('flow.edge.toTrigger', { to }), edge.to);
  if (source.in !== target.in) return problem('edge.crossesLoop', say('flow.edge.crossesLoop', { from, to }), edge.to);
  if (!isRepeated) return [];
  const onlyOnce = fix(say('flow.fix.keepOne'), (current) => connect(disconnect(current, edge), edge.from, edge.to));
  return [{ code: 'edge.twice', severity: 'warning', stepId: edge.to, path: ['edges', String(at)], ...say('flow.edge.twice'), fixes: [onlyOnce] }];
}

const removal = (edge: Edge): Fix => fix(say('flow.fix.removeEdge'), (flow) => disconnect(flow, edge));

function circle(flow: FlowDocument, group: string[]): Problem {
  const titles = group.map((stepId) => named(stepOf(flow, stepId)?.title));
  const steps = titles.reduce((before, next) => part('flow.list', { before, next }));
  const said = group.length === 1 ? say('flow.edge.cycle.itself', { step: steps }) : say('flow.edge.cycle', { steps });
  return { code: 'edge.cycle', severity: 'error', stepId: group[0]!, ...said };
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
      ...say('flow.step.unconnected', { step: named(step.title) }),
      ...(after !== undefined && {
        fixes: [fix(say('flow.fix.connectAfter', { step: named(stepOf(flow, after)?.title) }), (current) => connect(current, [after, ports.next.id], stepId))],
      }),
    },
  ];
}

/** The one step where the flow could go on to this one; undefined where there are none or several. */
function onlyOpenEnd(flow: FlowDocument, stepId: string): string | undefined {
  const open = openEnds(flow);
  if (open.length > maxOpenEnds) return undefined;
  const ends = open.filter((id) => whyNotConnect(flow, [id, ports.next.id], stepId) === undefined);
  return ends.length === 1 ? ends[0] : undefined;
}

/** Among more of them there is hardly one that alone would do. */
const maxOpenEnds = 20;

const openEndsOf = new WeakMap<FlowDocument, string[]>();

function openEnds(flow: FlowDocument): string[] {
  let ends = openEndsOf.get(flow);
  if (!ends) {
    ends = Object.entries(flow.steps).flatMap(([id, step]) => (goesOnByItself(step) && !hasWayOut(flow, id, ports.next.id) ? [id] : []));
    openEndsOf.set(flow, ends);
  }
  return ends;
}
