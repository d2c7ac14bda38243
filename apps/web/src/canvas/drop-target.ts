import type { Edge } from '@weft/flow';
import { useEditor } from '../editor/state/index.ts';
import { useCanvasView } from './canvas-view.ts';
import { edgeIdOf } from './graph.ts';

/** What takes something that is dropped: a connection splices it in, a loop takes it inside. */
export type DropTarget = { edge: Edge } | { loop: string };

/** What lies under a place of the window; the topmost counts, and an edge counts before the loop it is in. */
export function dropTargetAt(clientX: number, clientY: number): DropTarget | undefined {
  const { document: flow } = useEditor.getState();
  let loop: string | undefined;
  for (const element of document.elementsFromPoint(clientX, clientY)) {
    const edgeId = element.closest('.react-flow__edge')?.getAttribute('data-id');
    const edge = edgeId === undefined || edgeId === null ? undefined : flow.edges.find((one) => edgeIdOf(one) === edgeId);
    if (edge) return { edge };
    const stepId = element.closest<HTMLElement>('[data-kind="forEach"][data-step]')?.dataset['step'];
    if (stepId !== undefined) loop ??= stepId;
  }
  return loop === undefined ? undefined : { loop };
}

/** Shows what would take it. */
export function markDropTarget(target: DropTarget | undefined): void {
  const dropEdge = target && 'edge' in target ? edgeIdOf(target.edge) : null;
  const dropLoop = target && 'loop' in target ? target.loop : null;
  const now = useCanvasView.getState();
  if (now.dropEdge !== dropEdge || now.dropLoop !== dropLoop) useCanvasView.setState({ dropEdge, dropLoop });
}
