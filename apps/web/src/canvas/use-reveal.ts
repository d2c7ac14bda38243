import { useReactFlow } from '@xyflow/react';
import { useEffect, useEffectEvent, type RefObject } from 'react';
import { useEditor, type EditorState } from '../editor/state/index.ts';
import { useCanvasView } from './canvas-view.ts';
import { fitOptions } from './fit-options.ts';
import { rectsOf } from './geometry.ts';
import { useFit, wholeFlow } from './use-fit.ts';

/** Kept free around a step that comes into view, in pixels of the window; at the right there is its "+". */
const margin = { left: 24, top: 32, right: 64, bottom: 64 };
/** Of a tall step or loop, so much has to be seen. */
const shownHeight = 160;
/** A flow that would have to be drawn smaller than this is not fitted by itself any more. */
const smallestFit = 0.52;

/**
 * Brings into view the step that takes the keyboard's focus, and the open step when a panel takes some of the canvas away.
 * As long as nobody has moved the view, that is the whole flow; afterwards the view moves as little as it can.
 */
export function useReveal(frame: RefObject<HTMLElement | null>): void {
  const focus = useCanvasView((state) => state.focus);
  const fitWishes = useCanvasView((state) => state.fitWishes);
  const { getViewport, setViewport } = useReactFlow();
  const fit = useFit();

  const reveal = useEffectEvent((stepId: string | null) => {
    const pane = frame.current;
    if (!pane) return;
    if (useCanvasView.getState().fitted && fits(pane)) {
      fit();
      return;
    }
    // Not asked of the canvas: a step far away is not drawn.
    const step = stepId === null ? undefined : rectsOf(useEditor.getState().document).get(stepId);
    if (!step) return;
    const view = getViewport();
    // Too small to be read: what was asked for shall be seen.
    const zoom = Math.max(view.zoom, 0.5);
    const { x, y, width, height } = step;
    if (zoom !== view.zoom) {
      void setViewport({ x: pane.clientWidth / 2 - (x + width / 2) * zoom, y: pane.clientHeight / 2 - (y + 32) * zoom, zoom });
      return;
    }
    const left = x * zoom + view.x;
    const top = y * zoom + view.y;
    const dx = shift(left, left + width * zoom, margin.left, pane.clientWidth - margin.right);
    const dy = shift(top, top + Math.min(height, shownHeight) * zoom, margin.top, pane.clientHeight - margin.bottom);
    if (dx !== 0 || dy !== 0) void setViewport({ x: view.x + dx, y: view.y + dy, zoom });
  });

  /** Whether the whole flow can be shown so that it can be read. */
  function fits(pane: HTMLElement): boolean {
    const { width, height } = wholeFlow() ?? { width: 0, height: 0 };
    const { left, right, top, bottom } = fitOptions.padding;
    const room = {
      x: pane.clientWidth - Number.parseInt(left, 10) - Number.parseInt(right, 10),
      y: pane.clientHeight - Number.parseInt(top, 10) - Number.parseInt(bottom, 10),
    };
    return width * smallestFit <= room.x && height * smallestFit <= room.y;
  }

  useEffect(() => {
    if (focus) reveal(focus.stepId);
  }, [focus]);

  useEffect(() => {
    if (fitWishes === 0) return;
    const drawn = requestAnimationFrame(fit);
    return () => cancelAnimationFrame(drawn);
  }, [fitWishes, fit]);

  // What was undone may lie anywhere; as long as nobody has moved the view, it shows the whole flow.
  const refit = useEffectEvent(() => {
    const pane = frame.current;
    if (pane && useCanvasView.getState().fitted && fits(pane)) fit();
  });
  useEffect(() => useEditor.subscribe((now, before) => void (isAnotherDrawing(now, before) && requestAnimationFrame(refit))), []);

  useEffect(() => {
    const pane = frame.current;
    if (!pane) return;
    const observer = new ResizeObserver(() => reveal(useEditor.getState().openStep));
    observer.observe(pane);
    return () => observer.disconnect();
  }, [frame]);
}

/** After undo and redo, and when a version takes the draft's place: not after what a person does to a step in view. */
function isAnotherDrawing(now: EditorState, before: EditorState): boolean {
  if (now.shelved !== before.shelved) return true;
  if (now.document === before.document) return false;
  const isUndone = now.history.future.length > before.history.future.length;
  return isUndone || now.document === before.history.future[0]?.after;
}

/** How far to move so that from…to lies within the border; the beginning counts when both do not fit. */
function shift(from: number, to: number, low: number, high: number): number {
  if (from < low) return low - from;
  return to > high ? Math.max(high - to, low - from) : 0;
}
