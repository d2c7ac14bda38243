import { downstreamOf, type Edge, type FlowDocument } from '@weft/flow';
import { loopAround, loopPadding, onGrid, rectsOf, type Rect, type Size } from '../../canvas/geometry.ts';

/** Between two steps, in pixels. */
export const gap = { x: 72, y: 40 } as const;

/** On the canvas, whatever loop it is in; `innerOrigin` turns it into a place of the document. */
type Place = [x: number, y: number];

/** What places inside a loop are counted from. */
export function innerOrigin(flow: FlowDocument, loop: string | undefined): Place {
  let [x, y] = [0, 0];
  for (let at = loop; at !== undefined; at = loopAround(flow.steps, at)) {
    const [left, top] = flow.layout[at] ?? [0, 0];
    [x, y] = [x + left, y + top];
  }
  return [x, y];
}

/** A free place to the right of a step, on the height of the port it is joined to. */
export function placeAfter(flow: FlowDocument, [stepId, port]: Edge['from'], size: Size): Place {
  const rect = rectsOf(flow).get(stepId);
  if (!rect) return placeInside(flow, undefined, size);
  const taken = flow.edges.some(({ from }) => from[0] === stepId && from[1] === port);
  const y = port === 'error' && !taken ? rect.y + rect.height + gap.y : rect.y;
  return freePlace(flow, flow.steps[stepId]?.in, { x: rect.x + rect.width + gap.x, y, ...size });
}

/** A free place in a loop, or in the flow itself: under what is there, or where the first step belongs. */
export function placeInside(flow: FlowDocument, loop: string | undefined, size: Size): Place {
  const rects = rectsOf(flow);
  const siblings = siblingRects(flow, rects, loop);
  if (siblings.length === 0) {
    const around = loop === undefined ? undefined : rects.get(loop);
    return around ? [around.x + loopPadding.left, around.y + loopPadding.top] : [0, 0];
  }
  const x = Math.min(...siblings.map((rect) => rect.x));
  const y = Math.max(...siblings.map((rect) => rect.y + rect.height)) + gap.y;
  return freePlace(flow, loop, { x, y, ...size });
}

/** The nearest free place at or under the wanted one. */
export function freePlace(flow: FlowDocument, loop: string | undefined, wanted: Rect): Place {
  const siblings = siblingRects(flow, rectsOf(flow), loop);
  const x = onGrid(wanted.x);
  let y = onGrid(wanted.y);
  for (let tries = 0; tries <= siblings.length; tries++) {
    const hit = siblings.find((rect) => overlap(rect, { ...wanted, x, y }));
    if (!hit) break;
    y = onGrid(hit.y + hit.height + gap.y);
  }
  return [x, y];
}

/**
 * Moves what runs after a step to the right where it is too near and, as loops grow with what is inside, what runs after
 * the loops around it.
 */
export function makeRoom(flow: FlowDocument, id: string): FlowDocument {
  const rects = rectsOf(flow);
  const rect = rects.get(id);
  if (!rect) return flow;
  const next = flow.edges.filter(({ from }) => from[0] === id).flatMap(({ to }) => rects.get(to) ?? []);
  const lacking = Math.max(0, ...next.map(({ x }) => rect.x + rect.width + gap.x - x));
  const moved = lacking === 0 ? flow : shifted(flow, downstreamOf(flow, id), [onGrid(lacking), 0]);
  const loop = loopAround(flow.steps, id);
  return loop === undefined ? moved : makeRoom(moved, loop);
}

/** The flow with these steps moved; what is inside of a loop goes with the loop. */
export function shifted(flow: FlowDocument, ids: ReadonlySet<string>, [dx, dy]: Place): FlowDocument {
  const layout = { ...flow.layout };
  for (const id of ids) {
    if (isInsideOneOf(flow, id, ids)) continue;
    const [x, y] = layout[id] ?? [0, 0];
    layout[id] = [x + dx, y + dy];
  }
  return { ...flow, layout };
}

function isInsideOneOf(flow: FlowDocument, id: string, ids: ReadonlySet<string>): boolean {
  for (let at = loopAround(flow.steps, id); at !== undefined; at = loopAround(flow.steps, at)) if (ids.has(at)) return true;
  return false;
}

function siblingRects(flow: FlowDocument, rects: Map<string, Rect>, loop: string | undefined): Rect[] {
  return Object.keys(flow.steps).flatMap((id) => (loopAround(flow.steps, id) === loop ? (rects.get(id) ?? []) : []));
}

const margin = 16;

function overlap(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width + margin && b.x < a.x + a.width + margin && a.y < b.y + b.height + margin && b.y < a.y + a.height + margin;
}
