import { portsOf, stepGraph, type FlowDocument } from '@weft/flow';
import { loopAround, rectsOf, type Rect } from './geometry.ts';

export type Direction = 'left' | 'right' | 'up' | 'down';

/**
 * Where an arrow key leads from a step: right along its first connection, left back to what leads to it (out of a loop to
 * the loop), down into a loop; otherwise to the nearest step in that direction. Undefined at the border.
 */
export function neighbour(flow: FlowDocument, stepId: string, direction: Direction): string | undefined {
  const step = flow.steps[stepId];
  if (!step) return undefined;
  const graph = stepGraph(flow);
  if (direction === 'right') {
    const edges = graph.outgoing.get(stepId) ?? [];
    const first = portsOf(step).flatMap(({ id }) => edges.filter(({ from }) => from[1] === id))[0];
    return first?.to ?? nearest(flow, stepId, direction);
  }
  if (direction === 'left') {
    const before = graph.incoming.get(stepId)?.[0]?.from[0];
    return before ?? loopAround(flow.steps, stepId) ?? nearest(flow, stepId, direction);
  }
  if (direction === 'down' && step.kind === 'forEach') {
    const inner = graph.inside.get(stepId) ?? [];
    const begins = inner.find((id) => (graph.incoming.get(id)?.length ?? 0) === 0) ?? inner[0];
    if (begins !== undefined) return begins;
  }
  const found = nearest(flow, stepId, direction);
  return found ?? (direction === 'up' ? loopAround(flow.steps, stepId) : undefined);
}

/** Among the steps beside it in the same loop first, so the arrow does not fall out of the loop by chance. */
function nearest(flow: FlowDocument, stepId: string, direction: Direction): string | undefined {
  const rects = rectsOf(flow);
  const here = rects.get(stepId);
  if (!here) return undefined;
  const loop = loopAround(flow.steps, stepId);
  let best: { id: string; distance: number } | undefined;
  for (const [id, rect] of rects) {
    if (id === stepId || loopAround(flow.steps, id) !== loop) continue;
    const distance = distanceTo(here, rect, direction);
    if (distance !== undefined && (best === undefined || distance < best.distance)) best = { id, distance };
  }
  return best?.id;
}

/** Distance in the direction counts once, distance aside three times. Undefined where the rectangle lies elsewhere. */
function distanceTo(from: Rect, to: Rect, direction: Direction): number | undefined {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const along = { left: -dx, right: dx, up: -dy, down: dy }[direction];
  const aside = direction === 'left' || direction === 'right' ? Math.abs(dy) : Math.abs(dx);
  return along > 0 ? along + aside * 3 : undefined;
}
