import { getViewportForBounds, useReactFlow, useStoreApi } from '@xyflow/react';
import { useCallback } from 'react';
import { useCanvasView } from './canvas-view.ts';
import { around, rectsOfNodes } from './drawn-part.ts';
import { fitOptions } from './fit-options.ts';
import type { Rect } from './geometry.ts';
import { useDrawing } from './use-canvas-graph.ts';

/** Brings the whole flow into view, also the steps that are not drawn at the moment. */
export function useFit(): () => void {
  const { setViewport } = useReactFlow();
  const store = useStoreApi();
  return useCallback(() => {
    const bounds = wholeFlow();
    useCanvasView.setState({ fitted: true });
    if (!bounds) return;
    const { width, height, minZoom } = store.getState();
    void setViewport(getViewportForBounds(bounds, width, height, minZoom, fitOptions.maxZoom, fitOptions.padding));
  }, [setViewport, store]);
}

/** What the flow takes up on the canvas; undefined where it has no steps. */
export function wholeFlow(): Rect | undefined {
  const rects = [...rectsOfNodes(useDrawing.getState().nodes).values()];
  return rects.length === 0 ? undefined : rects.reduce(around);
}
