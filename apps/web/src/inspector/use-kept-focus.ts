import { useEffect, type RefObject } from 'react';
import { firstControl } from './first-control.ts';

/** What is pressed and goes away with that (a field becomes a chip, an example is taken) leaves the focus to what is now in its place. */
export function useKeptFocus(region: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const root = region.current;
    if (!root) return undefined;
    /** What had the focus last, and all around it, the innermost first. */
    let around: HTMLElement[] = [];
    let waiting: ReturnType<typeof setTimeout> | undefined;
    const remember = ({ target }: FocusEvent) => {
      around = [];
      for (let at = target instanceof HTMLElement ? target : null; at && at !== root.parentElement; at = at.parentElement) around.push(at);
    };
    const check = () => {
      if (document.activeElement !== document.body || around[0]?.isConnected !== false) return;
      for (const element of around) {
        const control = element.isConnected ? firstControl(element) : null;
        if (!control) continue;
        control.focus({ preventScroll: true });
        return;
      }
    };
    // A popover gives the focus back a moment after it has gone.
    const observer = new MutationObserver(() => {
      clearTimeout(waiting);
      waiting = setTimeout(check, 50);
    });
    root.addEventListener('focusin', remember);
    observer.observe(root, { childList: true, subtree: true });
    return () => {
      root.removeEventListener('focusin', remember);
      observer.disconnect();
      clearTimeout(waiting);
    };
  }, [region]);
}
