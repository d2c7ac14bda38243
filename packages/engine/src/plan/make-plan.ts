import type { SchemaValidator } from '@weft/json-schema';
import { cycles, portsOf, stepGraph, type Catalogue, type FlowDocument } from '@weft/flow';
import { executorOf } from '../execute/executors.ts';
import type { RunError } from '../journal.ts';
import { named, say } from '../sentences.en.ts';
import type { Block, Plan, PlannedStep } from './plan.ts';
import { planWork } from './plan-work.ts';

/** Compiles a flow. It never throws: what cannot be compiled fails, with a sentence, where it is reached. */
export function makePlan(flow: FlowDocument, catalogue: Catalogue, validator: SchemaValidator): Plan {
  const broken = whyNotAtAll(flow);
  const root = broken ? emptyBlock : makeBlock(flow, { catalogue, validator, inStream: false }, undefined);
  return { flow, root, timezone: flow.settings?.timezone || undefined, broken };
}

const emptyBlock: Block = { steps: [], incoming: [], starts: [], forks: false };

function whyNotAtAll(flow: FlowDocument): RunError | undefined {
  const triggers = Object.values(flow.steps).filter(({ kind }) => kind === 'trigger');
  if (triggers.length !== 1) {
    return { kind: 'unsupported', ...(triggers.length === 0 ? say('run.noTrigger') : say('run.severalTriggers')) };
  }
  const [circle] = cycles(flow);
  if (!circle) return undefined;
  const steps = circle.map((stepId) => named(flow.steps[stepId]?.title ?? stepId)).join(', ');
  return { kind: 'unsupported', ...say('run.circle', { steps }), stepKey: circle[0] };
}

function makeBlock(flow: FlowDocument, known: { catalogue: Catalogue; validator: SchemaValidator; inStream: boolean }, container: string | undefined): Block {
  const graph = stepGraph(flow);
  const ids = (graph.inside.get(container) ?? []).filter((stepId) => container !== undefined || hasNoContainer(flow, stepId));
  const place = new Map(ids.map((stepId, at) => [stepId, at]));
  const incoming = ids.map((stepId) => (graph.incoming.get(stepId) ?? []).filter(({ from }) => leads(flow, place, from)).length);
  const steps = ids.map((stepId): PlannedStep => {
    const step = flow.steps[stepId]!;
    const next = new Map<string, number[]>();
    for (const { from, to } of graph.outgoing.get(stepId) ?? []) {
      const target = place.get(to);
      if (target === undefined || !leads(flow, place, from)) continue;
      const targets = next.get(from[1]);
      if (targets) targets.push(target);
      else next.set(from[1], [target]);
    }
    const sample = step.pinned === undefined ? undefined : step.samples?.[step.pinned];
    const executor = executorOf(step);
    const inStream = known.inStream || (step.kind === 'forEach' && step.source !== undefined);
    const inner = graph.inside.has(stepId) ? makeBlock(flow, { ...known, inStream }, stepId) : emptyBlock;
    const work = planWork(stepId, step, { ...known, executor, inner });
    return { id: stepId, title: step.title, executor, work, next, pinned: sample && { output: sample.output } };
  });
  const isStart = (at: number) => (container === undefined ? steps[at]?.work.kind === 'trigger' || isTrigger(flow, ids[at]!) : incoming[at] === 0);
  const starts = steps.map((_, at) => at).filter(isStart);
  const forks = starts.length > 1 || steps.some(({ next }) => [...next.values()].some((targets) => targets.length > 1));
  return { steps, incoming, starts, forks };
}

const isTrigger = (flow: FlowDocument, stepId: string) => flow.steps[stepId]?.kind === 'trigger';

/** An edge counts where its port exists and both ends are in this block. */
function leads(flow: FlowDocument, place: ReadonlyMap<string, number>, [stepId, port]: [string, string]): boolean {
  return place.has(stepId) && portsOf(flow.steps[stepId]!).some(({ id }) => id === port);
}

/** A step in a loop that does not exist never runs. */
const hasNoContainer = (flow: FlowDocument, stepId: string) => flow.steps[stepId]?.in === undefined;
