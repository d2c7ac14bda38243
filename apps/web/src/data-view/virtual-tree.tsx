import { useEffect, useId, useRef, type KeyboardEvent, type ReactNode, type RefObject } from 'react';
import { cx } from '../ui/index.ts';
import { useVirtualRows } from '../ui/use-virtual-rows.ts';

export interface PlacedRow {
  /** For the row's element: the tree says by it where the keyboard is. */
  id: string;
  /** Pixels from the upper edge of the list. */
  top: number;
  /** The keyboard is here. */
  active: boolean;
}

interface VirtualTreeProps<R extends { key: string }> {
  label: string;
  rows: readonly R[];
  rowHeight: number;
  /** The key of the row that the keyboard is on. */
  active: string | undefined;
  /** The keyboard goes to another row. */
  onMove: (row: R) => void;
  /** What keys do besides moving; one that is undefined does what it always does. */
  keys?: Record<string, (() => void) | undefined>;
  /** Every other key, with the row it is for. */
  onOtherKey?: (event: KeyboardEvent) => void;
  onFocus?: () => void;
  onScroll?: (top: number) => void;
  /** For whoever has to measure it. */
  scroller?: RefObject<HTMLDivElement | null>;
  className?: string;
  children: (row: R, placed: PlacedRow) => ReactNode;
  /** Below the rows: what to say where there are none. Has a keyboard of its own. */
  below?: ReactNode;
}

/** A list of any length that is a tree to the keyboard: arrows, Home, End and the page keys move; only the rows in view are drawn. */
export function VirtualTree<R extends { key: string }>({ label, rows, rowHeight, active, onMove, keys, onOtherKey, onFocus, onScroll, scroller, className, children, below }: VirtualTreeProps<R>) {
  const id = useId();
  const ownScroller = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const element = scroller ?? ownScroller;
  const at = rows.findIndex(({ key }) => key === active);
  const { items, height, virtual } = useVirtualRows(element, { count: rows.length, rowHeight });

  useEffect(() => {
    if (at < 0) return;
    virtual.scrollToIndex(at);
    // Less room, as when a panel opens below, does not hide it.
    const observer = new ResizeObserver(() => virtual.scrollToIndex(at));
    if (element.current) observer.observe(element.current);
    return () => observer.disconnect();
  }, [at, virtual, element]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget && !list.current?.contains(event.target as Node)) return;
    const move = (index: number): void => {
      const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
      if (row) onMove(row);
    };
    const page = Math.max(1, Math.floor((element.current?.clientHeight ?? 0) / rowHeight) - 1);
    const moves: Record<string, () => void> = {
      ArrowDown: () => move(at + 1),
      ArrowUp: () => move(at - 1),
      ArrowRight: () => move(at + 1),
      PageDown: () => move(at + page),
      PageUp: () => move(at - page),
      Home: () => move(0),
      End: () => move(rows.length - 1),
    };
    const action = event.ctrlKey || event.metaKey || event.altKey ? undefined : (keys?.[event.key] ?? moves[event.key]);
    if (!action) {
      onOtherKey?.(event);
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    action();
  };

  return (
    <div
      ref={element}
      role="tree"
      aria-label={label}
      tabIndex={0}
      aria-activedescendant={items.some(({ index }) => index === at) ? `${id}-${at}` : undefined}
      onKeyDown={onKeyDown}
      onFocus={onFocus}
      onScroll={onScroll && ((event) => onScroll(event.currentTarget.scrollTop))}
      className={cx('isolate', className ?? 'focus-inset min-h-0 flex-1 overflow-auto')}
    >
      {/* Below, so that rows do not cut through the ring around the tree. */}
      <div ref={list} className="relative -z-1" style={{ height }}>
        {items.map(({ index, start }) => {
          const row = rows[index];
          return row && children(row, { id: `${id}-${index}`, top: start, active: index === at });
        })}
      </div>
      {below}
    </div>
  );
}
