import { lazy, Suspense, useEffect } from 'react';
import { useCommandRegistry } from './registry.ts';

// Read when it is first wanted: until then nobody waits for it.
const PaletteDialog = lazy(() => import('./palette-dialog.tsx').then((module) => ({ default: module.PaletteDialog })));

/** Ctrl+K (⌘K) opens and closes the command palette, on every page. */
export function CommandPalette() {
  const wanted = useCommandRegistry((state) => state.wanted);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      event.preventDefault();
      useCommandRegistry.setState((state) => ({ open: !state.open, wanted: true }));
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);

  return wanted ? (
    <Suspense fallback={null}>
      <PaletteDialog />
    </Suspense>
  ) : null;
}
