import { useCallback, useEffect, useRef, type RefObject } from 'react';

interface FocusInto<E extends HTMLElement> {
  /** For the element that the focus goes into. */
  place: RefObject<E | null>;
  /** With what is drawn next, the focus goes to the first field in the place, or else its first button. */
  focusInto: () => void;
}

/** For a button that is replaced by what it brings: the focus goes on there. */
export function useFocusInto<E extends HTMLElement>(): FocusInto<E> {
  const place = useRef<E>(null);
  const wanted = useRef(false);
  useEffect(() => {
    if (!wanted.current) return;
    wanted.current = false;
    const within = place.current;
    (within?.querySelector<HTMLElement>(':is(input, textarea, select):not(:disabled)') ?? within?.querySelector<HTMLElement>('button:not(:disabled)'))?.focus();
  });
  const focusInto = useCallback(() => {
    wanted.current = true;
  }, []);
  return { place, focusInto };
}
