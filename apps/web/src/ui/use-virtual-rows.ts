import { useVirtualizer, type VirtualItem, type Virtualizer } from '@tanstack/react-virtual';
import type { RefObject } from 'react';

export interface VirtualRows {
  /** Only these are drawn. */
  items: VirtualItem[];
  /** Of all rows together, pixels. */
  height: number;
  virtual: Virtualizer<HTMLElement, Element>;
}

/** The rows in view of a long list. One place for the library, whose functions must not be memoized. */
export function useVirtualRows(scroller: RefObject<HTMLElement | null>, options: { count: number; rowHeight: number; overscan?: number }): VirtualRows {
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer<HTMLElement, Element>({
    count: options.count,
    getScrollElement: () => scroller.current,
    estimateSize: () => options.rowHeight,
    overscan: options.overscan ?? 12,
  });
  return { items: virtual.getVirtualItems(), height: virtual.getTotalSize(), virtual };
}
