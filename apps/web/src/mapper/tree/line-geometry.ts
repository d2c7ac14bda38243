/** Where a row's middle stands on the screen, in pixels below the canvas of lines. */
export interface Anchor {
  y: number;
  /** False above or below what is scrolled into view: the line ends at the edge, faintly. */
  visible: boolean;
}

/** The middle of a row of a list that scrolls; rows outside are held at the edge of their side. */
export function anchorOf(index: number, view: { rowHeight: number; scrollTop: number; height: number; top: number }): Anchor {
  const middle = index * view.rowHeight + view.rowHeight / 2 - view.scrollTop;
  return { y: view.top + Math.max(0, Math.min(view.height, middle)), visible: middle >= 0 && middle <= view.height };
}

/** A calm curve from the right edge of one side to the left edge of the other. */
export function linePath(from: number, to: number, width: number): string {
  const bend = Math.max(24, width * 0.45);
  return `M0,${round(from)} C${round(bend)},${round(from)} ${round(width - bend)},${round(to)} ${round(width)},${round(to)}`;
}

const round = (value: number): number => Math.round(value * 10) / 10;
