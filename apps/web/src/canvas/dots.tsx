import { useStoreApi } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import { useCanvasView } from './canvas-view.ts';
import { grid } from './geometry.ts';

/** Between two dots at full size, in pixels. */
const gap = grid * 3;

/**
 * The dotted ground. A layer a little larger than the canvas that only shifts while the view is panned: drawing a pattern
 * anew in every frame would cost more than all steps together. From afar the dots would be dust.
 */
export function Dots() {
  const far = useCanvasView(({ zoomLevel }) => zoomLevel === 'far');
  return far ? null : <MovingDots />;
}

function MovingDots() {
  const store = useStoreApi();
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const place = ([x, y, zoom]: readonly [number, number, number]) => {
      const size = gap * zoom * (zoom < 0.75 ? 2 : 1);
      const style = ref.current?.style;
      if (!style) return;
      const tile = `${size}px ${size}px`;
      if (style.backgroundSize !== tile) style.backgroundSize = tile;
      style.transform = `translate(${Math.round(x % size)}px, ${Math.round(y % size)}px)`;
    };
    place(store.getState().transform);
    return store.subscribe(({ transform }, before) => {
      if (transform !== before.transform) place(transform);
    });
  }, [store]);
  return <div ref={ref} aria-hidden="true" className="dots" />;
}
