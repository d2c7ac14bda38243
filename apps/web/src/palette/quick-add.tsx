import { lazy, Suspense } from 'react';
import { useCanvasView } from '../canvas/canvas-view.ts';

// Read when it is first wanted: the canvas does not wait for it.
const QuickAddList = lazy(async () => ({ default: (await import('./quick-add-list.tsx')).QuickAddList }));

/** The list behind every "+": type, choose, done. */
export function QuickAdd() {
  const quickAdd = useCanvasView((state) => state.quickAdd);
  return <Suspense>{quickAdd && <QuickAddList key={`${quickAdd.x},${quickAdd.y}`} {...quickAdd} />}</Suspense>;
}
