import { insertOnEdge, moveIntoLoop, stepGraph, type FlowDocument } from '@weft/flow';
import { moveStepsBy } from '../editor/commands/index.ts';
import { dispatch, useEditor } from '../editor/state/index.ts';
import { dropTargetAt, markDropTarget, type DropTarget } from './drop-target.ts';
import { distancesMoved, type CanvasNode } from './graph.ts';
import { loopAround, rectsOf } from './geometry.ts';
import { useDrawing } from './use-canvas-graph.ts';
import { placeOnEdge } from '../editor/commands/add-step.ts';
import { innerOrigin, makeRoom } from '../editor/commands/step-places.ts';

/** Dragging is one command when the mouse is let go. A single step without connections can be dropped on an edge or a loop. */
export const dragHandlers = {
  onNodeDrag: (event: MouseEvent | TouchEvent, node: CanvasNode, nodes: CanvasNode[]): void => {
    markDropTarget(nodes.length === 1 ? targetFor(event, node.id) : undefined);
  },
  onNodeDragStop: (event: MouseEvent | TouchEvent, node: CanvasNode, nodes: CanvasNode[]): void => {
    commit(nodes, nodes.length === 1 ? targetFor(event, node.id) : undefined);
    markDropTarget(undefined);
  },
  onSelectionDragStop: (_: unknown, nodes: CanvasNode[]): void => commit(nodes),
};

function commit(dragged: readonly CanvasNode[], target?: DropTarget): void {
  const places = new Map(dragged.map((node) => [node.id, node.position]));
  const nodes = useDrawing.getState().nodes.map((node) => {
    const position = places.get(node.id);
    return position ? { ...node, position } : node;
  });
  const { steps, notes } = distancesMoved(useEditor.getState().document, nodes);
  const [only] = dragged;
  if (only && dragged.length > 1) moveTheUndrawn(steps, only.id, new Set(places.keys()));
  if (steps.size + notes.size === 0) return;
  const move = moveStepsBy(steps, notes);
  dispatch(target && only ? { label: move.label, apply: (flow) => taken(move.apply(flow), only.id, target) } : move);
}

/** Selected steps so far away that the canvas does not draw them go with the others. */
function moveTheUndrawn(moved: Map<string, [number, number]>, draggedId: string, dragged: ReadonlySet<string>): void {
  const { document: flow, selection } = useEditor.getState();
  const by = moved.get(draggedId) ?? [...moved.values()][0];
  const selected = new Set(selection);
  if (!by) return;
  for (const id of selection) {
    const loop = loopAround(flow.steps, id);
    if (!dragged.has(id) && (loop === undefined || !selected.has(loop))) moved.set(id, by);
  }
}

/** Only a step that is joined to nothing may change its place in the flow by being dragged: nobody loses a connection so. */
function targetFor(event: MouseEvent | TouchEvent, stepId: string): DropTarget | undefined {
  const { document: flow } = useEditor.getState();
  const step = flow.steps[stepId];
  const graph = stepGraph(flow);
  const isJoined = (graph.incoming.get(stepId)?.length ?? 0) + (graph.outgoing.get(stepId)?.length ?? 0) > 0;
  if (!step || step.kind === 'trigger' || isJoined || !('clientX' in event)) return undefined;
  const target = dropTargetAt(event.clientX, event.clientY);
  if (target && 'loop' in target && (target.loop === stepId || target.loop === loopAround(flow.steps, stepId))) return undefined;
  return target;
}

function taken(flow: FlowDocument, stepId: string, target: DropTarget): FlowDocument {
  const step = flow.steps[stepId];
  const rect = rectsOf(flow).get(stepId);
  const moved = 'edge' in target ? insertOnEdge(flow, target.edge, stepId) : moveIntoLoop(flow, [stepId], target.loop);
  if (moved === flow || !rect || !step) return moved;
  const { [stepId]: _dragged, ...others } = flow.steps;
  const [x, y] = 'edge' in target ? placeOnEdge({ ...flow, steps: others }, target.edge, step) : [rect.x, rect.y];
  const [left, top] = innerOrigin(moved, moved.steps[stepId]?.in);
  return makeRoom({ ...moved, layout: { ...moved.layout, [stepId]: [x - left, y - top] } }, stepId);
}
