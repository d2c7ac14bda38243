import type { Edge as FlowEdge, FlowDocument, Note, Step } from '@weft/flow';
import { Position, type Edge, type Node, type NodeHandle } from '@xyflow/react';
import { jointsOf, loopAround, loopStart, rectsOf, type Rect, type Size } from './geometry.ts';

/** A step on the canvas. It carries no data: its node reads the step from the editor, so typing moves nothing here. */
export type StepNode = Node<Record<string, never>, 'step' | 'loop'>;
export type NoteNode = Node<Record<string, never>, 'note'>;
export type CanvasNode = StepNode | NoteNode;
/** `edge` is absent on the lines from a loop's head to the steps that begin each item: those are not in the document. */
export type CanvasEdge = Edge<{ edge?: FlowEdge }, 'step'>;

export interface Graph {
  nodes: CanvasNode[];
  edges: CanvasEdge[];
}

/** Handle of the one way into a step, of what a loop starts, and prefix of notes' node ids. */
export const wayIn = 'in';
export const itemStart = 'item';
const notePrefix = 'note:';

export const noteNodeId = (noteId: string): string => notePrefix + noteId;
export const noteIdOf = (nodeId: string): string | undefined =>
  nodeId.startsWith(notePrefix) ? nodeId.slice(notePrefix.length) : undefined;
export const edgeIdOf = ({ from, to }: FlowEdge): string => JSON.stringify([...from, to]);

/**
 * The document as the canvas draws it. Nodes and edges that did not change keep their object from `previous`, so the
 * canvas renders only what did.
 */
export function toGraph(flow: Pick<FlowDocument, 'steps' | 'edges' | 'layout' | 'notes'>, previous?: Graph): Graph {
  const rects = rectsOf(flow);
  const oldNodes = new Map(previous?.nodes.map((node) => [node.id, node]));
  const oldEdges = new Map(previous?.edges.map((edge) => [edge.id, edge]));
  const nodes = [
    ...parentsFirst(flow.steps).map((id) => stepNode(id, flow.steps, rects)),
    ...flow.notes.map(noteNode),
  ].map((node) => kept(oldNodes.get(node.id), node));
  const edges = [...flow.edges.filter((edge) => isDrawn(flow.steps, edge)).map(realEdge), ...startEdges(flow)].map((edge) =>
    kept(oldEdges.get(edge.id), edge),
  );
  return { nodes, edges };
}

/** How far nodes stand from where the document puts them; only those that do. Inside a loop, counted from the loop. */
export function distancesMoved(
  flow: Pick<FlowDocument, 'steps' | 'layout' | 'notes'>,
  nodes: readonly CanvasNode[],
): { steps: Map<string, [number, number]>; notes: Map<string, [number, number]> } {
  const places = absolutePlaces(nodes);
  const rects = rectsOf(flow);
  const distance = (id: string): [number, number] => {
    const place = places.get(id);
    const rect = rects.get(id);
    return place && rect ? [place[0] - rect.x, place[1] - rect.y] : [0, 0];
  };
  const steps = new Map<string, [number, number]>();
  for (const id of Object.keys(flow.steps)) {
    if (!places.has(id)) continue;
    const [x, y] = distance(id);
    const loop = loopAround(flow.steps, id);
    const [loopX, loopY] = loop === undefined ? [0, 0] : distance(loop);
    if (x !== loopX || y !== loopY) steps.set(id, [x - loopX, y - loopY]);
  }
  const notes = new Map<string, [number, number]>();
  for (const { id, at } of flow.notes) {
    const place = places.get(noteNodeId(id));
    if (place && (place[0] !== at[0] || place[1] !== at[1])) notes.set(id, [place[0] - at[0], place[1] - at[1]]);
  }
  return { steps, notes };
}

/** Where nodes stand on the canvas, not relative to the loop they are in. */
export function absolutePlaces(nodes: readonly CanvasNode[]): Map<string, [number, number]> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const places = new Map<string, [number, number]>();
  const placeOf = (node: CanvasNode): [number, number] => {
    const known = places.get(node.id);
    if (known) return known;
    const parent = node.parentId === undefined ? undefined : byId.get(node.parentId);
    const place = parent ? plus(placeOf(parent), [node.position.x, node.position.y]) : ([node.position.x, node.position.y] as [number, number]);
    places.set(node.id, place);
    return place;
  };
  for (const node of nodes) placeOf(node);
  return places;
}

/** Steps in the order of the document, but every loop before what is inside; the canvas needs it so. */
function parentsFirst(steps: Record<string, Step>): string[] {
  const order = new Set<string>();
  const visit = (id: string, below: readonly string[]): void => {
    const step = steps[id];
    if (!step || order.has(id) || below.includes(id)) return;
    if (step.in !== undefined) visit(step.in, [...below, id]);
    order.add(id);
  };
  for (const id of Object.keys(steps)) visit(id, []);
  return [...order];
}

function stepNode(id: string, steps: Record<string, Step>, rects: Map<string, Rect>): StepNode {
  // The id is one of the steps, and every step has a rectangle.
  const step = steps[id] as Step;
  const rect = rects.get(id) as Rect;
  const parent = loopAround(steps, id);
  const origin = parent === undefined ? undefined : rects.get(parent);
  const size: Size = { width: rect.width, height: rect.height };
  return {
    id,
    type: step.kind === 'forEach' ? 'loop' : 'step',
    position: { x: rect.x - (origin?.x ?? 0), y: rect.y - (origin?.y ?? 0) },
    parentId: parent,
    ...size,
    measured: size,
    handles: handlesOf(step, size),
    data: nothing,
  };
}

function handlesOf(step: Step, size: Size): NodeHandle[] {
  const joints = jointsOf(step, size).map(({ port, x, y }): NodeHandle => {
    const { width, height } = port === null ? inSize : outSize;
    const place = { x: x - width / 2, y: y - height / 2, width, height };
    return port === null ? { id: wayIn, type: 'target', position: Position.Left, ...place } : { id: port, type: 'source', position: Position.Right, ...place };
  });
  if (step.kind !== 'forEach') return joints;
  return [...joints, { id: itemStart, type: 'source', position: Position.Right, ...loopStart, width: 1, height: 1 }];
}

function noteNode(note: Note): NoteNode {
  const [width, height] = note.size ?? defaultNoteSize;
  const size = { width, height };
  const [x, y] = note.at;
  return { id: noteNodeId(note.id), type: 'note', position: { x, y }, ...size, measured: size, zIndex: -1, data: nothing };
}

function realEdge(edge: FlowEdge): CanvasEdge {
  return { id: edgeIdOf(edge), type: 'step', source: edge.from[0], sourceHandle: edge.from[1], target: edge.to, targetHandle: wayIn, data: { edge } };
}

/** From each loop's head to its steps without a way in: those begin each item. */
function startEdges({ steps, edges }: Pick<FlowDocument, 'steps' | 'edges'>): CanvasEdge[] {
  const entered = new Set(edges.filter((edge) => isDrawn(steps, edge)).map(({ to }) => to));
  return Object.keys(steps).flatMap((id) => {
    const loop = loopAround(steps, id);
    if (loop === undefined || entered.has(id)) return [];
    return [{ id: `start:${id}`, type: 'step' as const, source: loop, sourceHandle: itemStart, target: id, targetHandle: wayIn, deletable: false }];
  });
}

/** As canvas.css draws them: measuring in the page must find the same, or lines would jump by a pixel. */
export const inSize = { width: 6, height: 14 } as const;
export const outSize = { width: 9, height: 9 } as const;

const isDrawn = (steps: FlowDocument['steps'], { from, to }: FlowEdge): boolean =>
  Object.hasOwn(steps, from[0]) && Object.hasOwn(steps, to);

const nothing: Record<string, never> = {};
export const defaultNoteSize: [width: number, height: number] = [224, 96];

/** The former object where nothing that is drawn differs. */
function kept<T extends CanvasNode | CanvasEdge>(old: T | undefined, now: T): T {
  return old !== undefined && sameDrawing(old, now) ? old : now;
}

function sameDrawing(a: CanvasNode | CanvasEdge, b: CanvasNode | CanvasEdge): boolean {
  // An edge's id says from where to where; only the loop of a starting line is not in it.
  if ('source' in a || 'source' in b) return 'source' in a && 'source' in b && a.source === b.source && a.target === b.target;
  return (
    a.type === b.type &&
    a.parentId === b.parentId &&
    a.position.x === b.position.x &&
    a.position.y === b.position.y &&
    a.width === b.width &&
    a.height === b.height &&
    sameHandles(a.handles ?? [], b.handles ?? [])
  );
}

const sameHandles = (a: readonly NodeHandle[], b: readonly NodeHandle[]): boolean =>
  a.length === b.length && a.every((handle, at) => handle.id === b[at]?.id && handle.x === b[at]?.x && handle.y === b[at]?.y);

const plus = (a: readonly [number, number], b: readonly [number, number]): [number, number] => [a[0] + b[0], a[1] + b[1]];
