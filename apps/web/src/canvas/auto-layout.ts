import dagre from '@dagrejs/dagre';
import { portsOf, type FlowDocument } from '@weft/flow';
import { loopAround, loopPadding, onGrid, sizeOf, type Rect, type Size } from './geometry.ts';

const between = { x: 72, y: 48 } as const;

/**
 * Places for all steps, from left to right along the edges, loops from the inside out. A chain stands in one line; a long flow in rows.
 * @returns places as the document keeps them: inside a loop, counted from the loop.
 */
export function autoLayout(flow: FlowDocument): FlowDocument['layout'] {
  const inside = new Map<string | undefined, string[]>();
  for (const id of Object.keys(flow.steps)) {
    const loop = loopAround(flow.steps, id);
    const siblings = inside.get(loop);
    if (siblings) siblings.push(id);
    else inside.set(loop, [id]);
  }
  const layout: FlowDocument['layout'] = {};
  const arranged = (loop: string | undefined): Size => {
    const ids = inside.get(loop) ?? [];
    const sizes = new Map(ids.map((id) => [id, sizeWithInside(id)]));
    const line = straightened(flow, layered(flow, ids, sizes));
    const rects = loop === undefined ? inRows(line) : line;
    const left = Math.min(...[...rects.values()].map(({ x }) => x));
    const top = Math.min(...[...rects.values()].map(({ y }) => y));
    const corner = loop === undefined ? { left: 0, top: 0 } : loopPadding;
    for (const [id, { x, y }] of rects) layout[id] = [onGrid(x - left + corner.left), onGrid(y - top + corner.top)];
    return {
      width: Math.max(0, ...[...rects.values()].map(({ x, width }) => x + width - left)),
      height: Math.max(0, ...[...rects.values()].map(({ y, height }) => y + height - top)),
    };
  };
  const sizeWithInside = (id: string): Size => {
    const step = flow.steps[id];
    const own = step ? sizeOf(step) : { width: 0, height: 0 };
    if (!inside.has(id)) return own;
    const content = arranged(id);
    return {
      width: Math.max(own.width, content.width + loopPadding.left + loopPadding.right),
      height: Math.max(own.height, content.height + loopPadding.top + loopPadding.bottom),
    };
  };
  arranged(undefined);
  return layout;
}

function layered(flow: FlowDocument, ids: readonly string[], sizes: ReadonlyMap<string, Size>): Map<string, Rect> {
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'LR', ranksep: between.x, nodesep: between.y });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const id of ids) graph.setNode(id, { ...sizes.get(id) });
  for (const { from, to } of inPortOrder(flow)) {
    if (sizes.has(from[0]) && sizes.has(to)) graph.setEdge(from[0], to, {}, from[1]);
  }
  // Without its own ordering dagre keeps the order of the edges; a few more crossings are a fair price for cases in their order.
  dagre.layout(graph, { disableOptimalOrderHeuristic: true });
  const columns = new Map<string, Rect>();
  for (const id of ids) {
    const { x = 0, y = 0 } = graph.node(id) ?? {};
    const { width, height } = sizes.get(id) ?? { width: 0, height: 0 };
    columns.set(id, { x: x - width / 2, y: y - height / 2, width, height });
  }
  return columns;
}

/** Wider, and titles could not be read any more where a panel is open on each side. */
const rowWidth = 1_520;

/** A long flow as rows one under another. It is cut only where no step stands beside the cut, so a branch stays whole. */
function inRows(rects: ReadonlyMap<string, Rect>): Map<string, Rect> {
  const result = new Map<string, Rect>();
  let row: { ids: string[]; left: number; right: number } | undefined;
  let top = 0;
  const finish = () => {
    if (!row) return;
    const own = row.ids.map((id) => [id, rects.get(id)!] as const);
    const from = Math.min(...own.map(([, { y }]) => y));
    for (const [id, rect] of own) result.set(id, { ...rect, x: rect.x - row.left, y: rect.y - from + top });
    top += Math.max(...own.map(([, { y, height }]) => y + height)) - from + 2 * between.y;
  };
  for (const part of cleanParts(rects)) {
    if (row && part.right - row.left > rowWidth) {
      finish();
      row = undefined;
    }
    if (row) row = { ids: [...row.ids, ...part.ids], left: row.left, right: part.right };
    else row = part;
  }
  finish();
  return result;
}

/** Steps that stand beside each other, from left to right, as far as no vertical line goes between them. */
function cleanParts(rects: ReadonlyMap<string, Rect>): { ids: string[]; left: number; right: number }[] {
  const parts: { ids: string[]; left: number; right: number }[] = [];
  for (const [id, { x, width }] of [...rects].sort(([, a], [, b]) => a.x - b.x)) {
    const last = parts.at(-1);
    if (last && x < last.right) {
      last.ids.push(id);
      last.right = Math.max(last.right, x + width);
    } else parts.push({ ids: [id], left: x, right: x + width });
  }
  return parts;
}

/** Dagre draws children in the order of their edges: cases stand from top to bottom. */
function inPortOrder({ steps, edges }: FlowDocument) {
  const rank = ([stepId, port]: [string, string]): number => {
    const step = steps[stepId];
    return step ? portsOf(step).findIndex(({ id }) => id === port) : 0;
  };
  return [...edges].sort((a, b) => rank(a.from) - rank(b.from));
}

/** Dagre aligns middles; our connections leave at the head. A step that simply follows another gets its height, if it is free. */
function straightened(flow: FlowDocument, rects: Map<string, Rect>): Map<string, Rect> {
  const result = new Map(rects);
  const byColumn = [...rects.keys()].sort((a, b) => (rects.get(a)?.x ?? 0) - (rects.get(b)?.x ?? 0));
  for (const id of byColumn) {
    const rect = result.get(id);
    const before = flow.edges.filter(({ to, from }) => to === id && rects.has(from[0]));
    const [way] = before;
    const previous = way && result.get(way.from[0]);
    const step = way && flow.steps[way.from[0]];
    if (!rect || !previous || before.length !== 1 || !step || portsOf(step)[0]?.id !== way.from[1]) continue;
    const wanted = { ...rect, y: previous.y };
    const isFree = [...result].every(([other, taken]) => other === id || !near(taken, wanted));
    if (isFree) result.set(id, wanted);
  }
  return result;
}

const near = (a: Rect, b: Rect): boolean =>
  a.x < b.x + b.width + 8 && b.x < a.x + a.width + 8 && a.y < b.y + b.height + 24 && b.y < a.y + a.height + 24;
