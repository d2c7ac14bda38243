import { useStoreApi } from '@xyflow/react';
import { useEffect, useMemo, useState } from 'react';
import { absolutePlaces, noteIdOf, type CanvasNode, type Graph } from './graph.ts';
import type { Rect } from './geometry.ts';

/** How far the drawn part reaches beyond the view on each side, in pixels of the screen. */
const marginPx = 320;

/**
 * What is drawn of a large flow: the view and a margin around it. It changes only when the view leaves the margin, so most frames
 * of a pan shift what is there already and draw nothing at all.
 */
export function useDrawnPart(graph: Graph): Graph {
  const area = useArea();
  return useMemo(() => partOf(graph, area), [graph, area]);
}

/**
 * The nodes that reach into an area of the canvas and the lines that cross it, with both their ends. Notes, and what is being
 * dragged, always belong to it. Without an area it is everything.
 */
export function partOf(graph: Graph, area: Rect | undefined): Graph {
  if (!area) return graph;
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const rects = rectsOfNodes(graph.nodes);
  const drawn = new Set<string>();
  const draw = (id: string): void => {
    for (let node = byId.get(id); node && !drawn.has(node.id); node = node.parentId === undefined ? undefined : byId.get(node.parentId)) drawn.add(node.id);
  };
  for (const node of graph.nodes) {
    const rect = rects.get(node.id);
    if (noteIdOf(node.id) !== undefined || node.dragging || (rect && overlap(rect, area))) draw(node.id);
  }
  const edges = graph.edges.filter(({ source, target }) => {
    const [from, to] = [rects.get(source), rects.get(target)];
    if (!from || !to || !overlap(around(from, to), area)) return false;
    draw(source);
    draw(target);
    return true;
  });
  if (drawn.size === graph.nodes.length && edges.length === graph.edges.length) return graph;
  return { nodes: graph.nodes.filter(({ id }) => drawn.has(id)), edges };
}

/** Where nodes stand on the canvas and how large they are. */
export function rectsOfNodes(nodes: readonly CanvasNode[]): Map<string, Rect> {
  const places = absolutePlaces(nodes);
  return new Map(
    nodes.map(({ id, width = 0, height = 0 }) => {
      const [x, y] = places.get(id) ?? [0, 0];
      return [id, { x, y, width, height }];
    }),
  );
}

/** Undefined until the view is known. */
function useArea(): Rect | undefined {
  const store = useStoreApi();
  const [area, setArea] = useState<Rect>();
  useEffect(() => {
    let current: Rect | undefined;
    const follow = () => {
      const { transform, width, height } = store.getState();
      const [x, y, zoom] = transform;
      if (width === 0 || height === 0) return;
      const view = { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom };
      const margin = marginPx / zoom;
      // After zooming in, a part made for a wide view would hold far too much.
      if (current && contains(current, view) && current.width <= (view.width + 2 * margin) * 1.5) return;
      current = { x: view.x - margin, y: view.y - margin, width: view.width + 2 * margin, height: view.height + 2 * margin };
      setArea(current);
    };
    follow();
    return store.subscribe(follow);
  }, [store]);
  return area;
}

const overlap = (a: Rect, b: Rect): boolean => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

const contains = (outer: Rect, inner: Rect): boolean =>
  inner.x >= outer.x && inner.y >= outer.y && inner.x + inner.width <= outer.x + outer.width && inner.y + inner.height <= outer.y + outer.height;

/** The smallest rectangle around two. */
export function around(a: Rect, b: Rect): Rect {
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  return { x, y, width: Math.max(a.x + a.width, b.x + b.width) - x, height: Math.max(a.y + a.height, b.y + b.height) - y };
}
