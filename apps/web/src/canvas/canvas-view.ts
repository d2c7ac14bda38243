import type { Edge } from '@weft/flow';
import { create } from 'zustand';
import type { Where } from '../editor/commands/index.ts';

/** What the canvas shows at the moment and nobody saves: nothing here can be undone. */
interface CanvasView {
  /** `far` draws steps as a coloured tile with a large title: thousands of them stay smooth and readable. */
  zoomLevel: 'near' | 'far';
  /** The view shows the whole flow, and nobody has moved it since. */
  fitted: boolean;
  /** How often it was asked to show the whole flow. */
  fitWishes: number;
  /** The edge whose tools are shown because of the mouse. */
  hoveredEdge: string | null;
  /** The edge, or the loop, that would take what is being dragged. */
  dropEdge: string | null;
  dropLoop: string | null;
  /** The list of steps that can be added, open at a place of the window. */
  quickAdd: QuickAdd | null;
  /** Joining by keyboard: from a port to the chosen one of the possible steps. */
  connecting: { from: Edge['from']; targets: readonly string[]; at: number } | null;
  /** The step that shall take the keyboard's focus; `times` tells two wishes for the same step apart. */
  focus: { stepId: string; times: number } | null;
  /** Read aloud once. */
  announcement: string;
}

export interface QuickAdd {
  /** Absent: after the selected step. */
  where: Where | undefined;
  /** Only triggers, or no triggers. */
  offer: 'triggers' | 'steps';
  x: number;
  y: number;
}

export const useCanvasView = create<CanvasView>()(() => ({
  zoomLevel: 'near',
  fitted: true,
  fitWishes: 0,
  hoveredEdge: null,
  dropEdge: null,
  dropLoop: null,
  quickAdd: null,
  connecting: null,
  focus: null,
  announcement: '',
}));

export const openQuickAdd = (quickAdd: QuickAdd | null): void => useCanvasView.setState({ quickAdd });

/** Moves the keyboard's focus to a step, panning there if it is out of view. */
export const focusStep = (stepId: string): void =>
  useCanvasView.setState(({ focus }) => ({ focus: { stepId, times: (focus?.times ?? 0) + 1 } }));

/** Shows the whole flow once it is drawn as it is now. */
export const wishToFit = (): void => useCanvasView.setState(({ fitWishes }) => ({ fitWishes: fitWishes + 1 }));

export const announce = (announcement: string): void => useCanvasView.setState({ announcement });

let leaving: ReturnType<typeof setTimeout> | undefined;

/** Tools stay for a moment after the mouse has left the line, so that it can reach them. */
export function hoverEdge(id: string | null): void {
  clearTimeout(leaving);
  if (id !== null) useCanvasView.setState({ hoveredEdge: id });
  else leaving = setTimeout(() => useCanvasView.setState({ hoveredEdge: null }), 200);
}
