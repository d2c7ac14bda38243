import { diffFlows, stepOf, type FlowDocument } from '@weft/flow';
import { edgeIdOf } from '../canvas/graph.ts';
import { sizeOf } from '../canvas/geometry.ts';
import { freePlace } from './commands/step-places.ts';
import type { Marks } from './state/index.ts';

/**
 * An old version and what has come since, in one drawing: steps as they were then, added ones as they are now, and where
 * the draft has them, so that both are recognised.
 */
export function compareVersion(version: FlowDocument, draft: FlowDocument): { document: FlowDocument; marks: Marks } {
  const { steps, edges } = diffFlows(version, draft);
  const added = steps.filter(({ change }) => change === 'added').map(({ stepId }) => stepId);
  const joined = edges.filter(({ change }) => change === 'added').map(({ edge }) => edge);
  const both: FlowDocument = {
    ...version,
    steps: { ...version.steps, ...Object.fromEntries(added.map((id) => [id, draft.steps[id]!])) },
    edges: [...version.edges, ...joined],
    layout: { ...version.layout, ...draft.layout },
  };
  const removed = steps.filter(({ change }) => change === 'removed').map(({ stepId }) => stepId);
  return {
    document: { ...both, layout: { ...both.layout, ...placesOfRemoved(both, removed) } },
    marks: {
      steps: Object.fromEntries(steps.map(({ stepId, change }) => [stepId, change])),
      edges: Object.fromEntries(edges.map(({ edge, change }) => [edgeIdOf(edge), change])),
    },
  };
}

/** The draft may have put something else where a removed step stood. What is in a loop keeps its place in it. */
function placesOfRemoved(flow: FlowDocument, removed: readonly string[]): FlowDocument['layout'] {
  let steps = Object.fromEntries(Object.entries(flow.steps).filter(([id]) => !removed.includes(id)));
  const layout: FlowDocument['layout'] = {};
  for (const id of removed) {
    const step = flow.steps[id]!;
    const [x, y] = flow.layout[id] ?? [0, 0];
    const isOutside = step.in === undefined || stepOf(flow, step.in) === undefined;
    layout[id] = isOutside ? freePlace({ ...flow, steps, layout: { ...flow.layout, ...layout } }, undefined, { x, y, ...sizeOf(step) }) : [x, y];
    steps = { ...steps, [id]: step };
  }
  return layout;
}
