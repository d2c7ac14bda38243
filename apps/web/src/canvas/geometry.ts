import { goesOnByItself, portsOf, type FlowDocument, type Port, type Step } from '@weft/flow';

/** Everything on the canvas stands on this grid, in pixels. */
export const grid = 8;

export const stepWidth = 232;
const headHeight = 64;
const portHeight = 32;
const portsPadding = 8;

/** Between the border of a loop and the steps inside. */
export const loopPadding = { top: 88, right: 64, bottom: 32, left: 72 } as const;
/** Where the lines to the first steps of each item begin, relative to the loop's corner. */
export const loopStart = { x: loopPadding.left - 24, y: loopPadding.top + headHeight / 2 } as const;
const emptyLoop = { width: 368, height: 184 };

export interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

export type Size = Pick<Rect, 'width' | 'height'>;

/** Where a connection leaves or enters, relative to the step's corner; called as its port is. */
export interface Joint extends Pick<Port, 'title' | 'sentence'> {
  /** The port; null for the one way in. */
  port: string | null;
  x: number;
  y: number;
  /** Ports with a line of their own show their title there. */
  ownLine: boolean;
}

/**
 * Ports of a branch, and the error port, have a line each under the step's head; a lone `next` leaves from the head.
 */
export function jointsOf(step: Step, size: Size = sizeOf(step)): Joint[] {
  const ports = portsOf(step);
  const inHead = goesOnByItself(step) ? ports.slice(0, 1) : [];
  const lines = ports.slice(inHead.length);
  const middle = headHeight / 2;
  return [
    ...(step.kind === 'trigger' ? [] : [{ port: null, title: '', x: 0, y: middle, ownLine: false }]),
    ...inHead.map(({ id, ...port }) => ({ ...port, port: id, x: size.width, y: middle, ownLine: false })),
    ...lines.map(({ id, ...port }, index) => ({
      ...port,
      port: id,
      x: size.width,
      y: headHeight + portHeight * (index + 0.5),
      ownLine: true,
    })),
  ];
}

/** A step without what is inside of it. */
export function sizeOf(step: Step): Size {
  if (step.kind === 'forEach') return emptyLoop;
  const lines = portsOf(step).length - (goesOnByItself(step) ? 1 : 0);
  return { width: stepWidth, height: headHeight + (lines > 0 ? lines * portHeight + portsPadding : 0) };
}

/**
 * Where every step stands on the canvas. In the document, places inside a loop are counted from the loop's own place; a
 * loop is as large as what is inside of it and grows to the left and top as well, so nothing inside can lie outside.
 */
export function rectsOf({ steps, layout }: Pick<FlowDocument, 'steps' | 'layout'>): Map<string, Rect> {
  const inside = new Map<string, [string, Step][]>();
  for (const [id, step] of Object.entries(steps)) {
    const loop = loopAround(steps, id);
    if (loop === undefined) continue;
    const siblings = inside.get(loop);
    if (siblings) siblings.push([id, step]);
    else inside.set(loop, [[id, step]]);
  }
  const rects = new Map<string, Rect>();
  const measure = (id: string, step: Step, [left, top]: readonly [number, number]): Rect => {
    const [x, y] = layout[id] ?? [0, 0];
    let rect: Rect = { x: left + x, y: top + y, ...sizeOf(step) };
    const origin = [rect.x, rect.y] as const;
    for (const [childId, child] of inside.get(id) ?? []) rect = around(rect, measure(childId, child, origin));
    rects.set(id, rect);
    return rect;
  };
  for (const [id, step] of Object.entries(steps)) if (loopAround(steps, id) === undefined) measure(id, step, [0, 0]);
  return rects;
}

/**
 * The loop a step is drawn in. A container that is missing, is no loop, or is inside of itself (an import may hold such
 * things; problems() names them) draws nothing.
 */
export function loopAround(steps: FlowDocument['steps'], id: string): string | undefined {
  const loop = steps[id]?.in;
  const seen = new Set([id]);
  for (let at = loop; at !== undefined; at = steps[at]?.in) {
    if (seen.has(at) || !Object.hasOwn(steps, at) || steps[at]?.kind !== 'forEach') return undefined;
    seen.add(at);
  }
  return loop;
}

function around(loop: Rect, child: Rect): Rect {
  const left = Math.min(loop.x, child.x - loopPadding.left);
  const top = Math.min(loop.y, child.y - loopPadding.top);
  const right = Math.max(loop.x + loop.width, child.x + child.width + loopPadding.right);
  const bottom = Math.max(loop.y + loop.height, child.y + child.height + loopPadding.bottom);
  return { x: left, y: top, width: right - left, height: bottom - top };
}

export const onGrid = (value: number): number => Math.round(value / grid) * grid;
