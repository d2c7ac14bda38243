import { useRef, type RefCallback } from 'react';
import { useVirtualRows } from './use-virtual-rows.ts';

export interface RowWindow<Row> {
  /** For the body of the table, which stands in a page that scrolls. */
  body: RefCallback<HTMLTableSectionElement>;
  /** The rows to draw. */
  rows: readonly Row[];
  /** Pixels of rows left out above and below. */
  above: number;
  below: number;
}

/** Shorter lists are drawn whole: they can be searched with the browser, and printed. */
const maxWhole = 100;

/** Of a long list the rows in view and some around them. @param rowHeight - pixels, the same for all. */
export function useRowWindow<Row>(all: readonly Row[], rowHeight: number): RowWindow<Row> {
  const page = useRef<HTMLElement | null>(null);
  const whole = all.length <= maxWhole;
  const { items, height } = useVirtualRows(page, { count: whole ? 0 : all.length, rowHeight });
  const body: RefCallback<HTMLTableSectionElement> = (element) => {
    page.current = element?.closest('main') ?? null;
  };
  if (whole) return { body, rows: all, above: 0, below: 0 };
  return { body, rows: items.flatMap(({ index }) => all[index] ?? []), above: items[0]?.start ?? 0, below: height - (items.at(-1)?.end ?? 0) };
}
