import * as flows from '@weft/flow';
import type { Edge, FlowDocument, Step } from '@weft/flow';
import { i18n } from '../../locales/i18n.ts';
import { rectsOf, sizeOf } from '../../canvas/geometry.ts';
import type { Command } from '../state/command.ts';
import { freePlace, gap, innerOrigin, makeRoom, placeAfter, placeInside } from './step-places.ts';

/**
 * Where a new step goes: `edge` splices it in; `after` joins it to a port, before what follows there (`beside`: next to
 * it); `inside` puts it in a loop (undefined: the flow itself) without joining it. `at` is in canvas pixels; absent: the
 * nearest free place.
 */
export type Where =
  | { edge: Edge; at?: [x: number, y: number] }
  | { after: Edge['from']; at?: [x: number, y: number]; beside?: boolean }
  | { inside?: string; at?: [x: number, y: number] };

/** Adds a step. Its id comes from `uniqueStepId`, so the caller can select and open it afterwards. */
export function addStep(id: string, step: Step, where: Where): Command {
  return {
    label: i18n.t('editor:did.addStep', { title: step.title }),
    apply(flow) {
      if (Object.hasOwn(flow.steps, id)) return flow;
      if ('edge' in where) return spliced(flow, id, step, where.edge, where.at);
      if ('after' in where) return following(flow, id, step, where);
      return alone(flow, id, step, where);
    },
  };
}

/** Splices a step into a connection: what led on leads to the step, and its first port leads on. */
export const insertOnEdge = (edge: Edge, id: string, step: Step): Command => addStep(id, step, { edge });

function alone(flow: FlowDocument, id: string, step: Step, { inside, at }: { inside?: string; at?: [number, number] }): FlowDocument {
  const size = sizeOf(step);
  const place = at ? freePlace(flow, inside, { x: at[0], y: at[1], ...size }) : placeInside(flow, inside, size);
  const added = placed(flow, id, inside === undefined ? step : { ...step, in: inside }, place);
  return inside === undefined ? added : makeRoom(added, inside);
}

function spliced(flow: FlowDocument, id: string, step: Step, edge: Edge, at?: [number, number]): FlowDocument {
  const source = flow.steps[edge.from[0]];
  if (!source) return flow;
  const place = at ?? placeOnEdge(flow, edge, step);
  const added = placed(flow, id, source.in === undefined ? step : { ...step, in: source.in }, place);
  return makeRoom(flows.insertOnEdge(added, edge, id), id);
}

/** On the height of what follows, whose place it may take: makeRoom moves all of that on. In canvas pixels. */
export function placeOnEdge(flow: FlowDocument, edge: Edge, step: Step): [number, number] {
  const rects = rectsOf(flow);
  const next = rects.get(edge.to);
  const previous = rects.get(edge.from[0]);
  if (!next || !previous) return placeAfter(flow, edge.from, sizeOf(step));
  const loop = flow.steps[edge.to]?.in;
  const inTheWay = flows.withInner(flow, [edge.to, ...flows.downstreamOf(flow, edge.to)]);
  const rest: FlowDocument = { ...flow, steps: Object.fromEntries(Object.entries(flow.steps).filter(([id]) => !inTheWay.has(id))) };
  return freePlace(rest, loop, { x: previous.x + previous.width + gap.x, y: next.y, ...sizeOf(step) });
}

function following(flow: FlowDocument, id: string, step: Step, { after, at, beside }: Extract<Where, { after: Edge['from'] }>): FlowDocument {
  const source = flow.steps[after[0]];
  if (!source) return flow;
  const [only, ...others] = flow.edges.filter(({ from }) => from[0] === after[0] && from[1] === after[1]);
  if (only && others.length === 0 && beside !== true) return spliced(flow, id, step, only, at);
  const size = sizeOf(step);
  const place = at ? freePlace(flow, source.in, { x: at[0], y: at[1], ...size }) : placeAfter(flow, after, size);
  const added = placed(flow, id, source.in === undefined ? step : { ...step, in: source.in }, place);
  return makeRoom(flows.connect(added, after, id), id);
}

function placed(flow: FlowDocument, id: string, step: Step, [x, y]: [number, number]): FlowDocument {
  const [left, top] = innerOrigin(flow, step.in);
  return flows.addStep(flow, id, step, [x - left, y - top]);
}
