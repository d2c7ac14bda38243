import { getViewportForBounds, useReactFlow, useStoreApi } from '@xyflow/react';
import { useCallback } from 'react';
import { useCanvasView } from './canvas-view.ts';
import { around, rectsOfNodes } from './drawn-part.ts';
import { fitOptions } from './fit-options.ts';
import type { Rect } from './geometry.ts';
import { useDrawing } from './use-canvas-graph.ts';

/** Brings the whole flow into view, also the steps that are not drawn at the moment; of one too large to be read so, its beginning. */
export function useFit(): () => void {
  const { setViewport } = useReactFlow();
  const store = useStoreApi();
  return useCallback(() => {
    const bounds = wholeFlow();
    useCanvasView.setState({ fitted: true });
    if (!bounds) return;
    const { width, height } = store.getState();
    const { minZoom, maxZoom, padding } = fitOptions;
    const view = getViewportForBounds(bounds, width, height, minZoom, maxZoom, padding);
    // What does not fit so that it can be read is shown from its beginning.
    if (bounds.width * view.zoom > width) view.x = Number.parseInt(padding.left, 10) - bounds.x * view.zoom;
    if (bounds.height * view.zoom > height) view.y = Number.parseInt(padding.top, 10) - bounds.y * view.zoom;
    void setViewport(view);
  }, [setViewport, store]);
}

/** What the flow takes up on the canvas; undefined where it has no steps. */
export function wholeFlow(): Rect | undefined {
  const rects = [...rectsOfNodes(useDrawing.getState().nodes).values()];
  return rects.length === 0 ? undefined : rects.reduce(around);
}
