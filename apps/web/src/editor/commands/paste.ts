import { duplicateSteps, pasteSteps, type Clipboard, type FlowDocument, type Pasted } from '@weft/flow';
import { i18n } from '../../locales/i18n.ts';
import type { Command } from '../state/command.ts';
import { freshTitle } from './fresh-title.ts';
import { freePlace, innerOrigin } from './step-places.ts';
import { rectsOf } from '../../canvas/geometry.ts';

/** A command and the steps it will add, to select them. */
export interface Adding {
  command: Command;
  stepIds: string[];
}

interface PasteOptions {
  /** Where the top left goes, in canvas pixels; the nearest free place is taken. */
  at: [x: number, y: number];
  /** The loop to paste into. */
  inside?: string;
  /** Of the flow pasted into: what was copied from it may read its steps. */
  flowId?: string | undefined;
}

/** Adds copied steps under fresh ids; references among them follow. */
export function paste(flow: FlowDocument, clipboard: Clipboard, { at, inside, flowId }: PasteOptions): Adding {
  const origin = innerOrigin(flow, inside);
  const corner: [number, number] = [at[0] - origin[0], at[1] - origin[1]];
  return adding(i18n.t('editor:did.paste'), flow, (now) => pasteSteps(now, clipboard, corner, { into: inside, flowId }));
}

/** The steps once more, under themselves. */
export function duplicate(flow: FlowDocument, ids: readonly string[]): Adding {
  const copied = ids.filter((id) => flow.steps[id]?.kind !== 'trigger');
  return adding(i18n.t('editor:did.duplicate', { count: copied.length }), flow, (now) => {
    if (copied.length === 0) return { flow: now, stepIds: [] };
    const { flow: after, stepIds } = duplicateSteps(now, copied);
    return { flow: movedUnder(now, after, copied, stepIds), stepIds };
  });
}

function adding(label: string, flow: FlowDocument, change: (flow: FlowDocument) => Pasted): Adding {
  const titled = (now: FlowDocument): Pasted => {
    const pasted = change(now);
    return { ...pasted, flow: withFreshTitles(now, pasted) };
  };
  const first = titled(flow);
  const command: Command = {
    label,
    apply: (now) => {
      if (first.stepIds.length === 0) return now;
      return now === flow ? first.flow : titled(now).flow;
    },
  };
  return { command, stepIds: first.stepIds };
}

/** Two steps of one title could not be told apart in lists and in the mapper. */
function withFreshTitles(before: FlowDocument, { flow, stepIds }: Pasted): FlowDocument {
  const steps = { ...flow.steps };
  let named: Pick<FlowDocument, 'steps'> = before;
  for (const id of stepIds) {
    const step = steps[id];
    if (!step) continue;
    steps[id] = { ...step, title: freshTitle(named, step.title) };
    named = { steps: { ...named.steps, [id]: steps[id] } };
  }
  return { ...flow, steps };
}

function movedUnder(before: FlowDocument, after: FlowDocument, originals: readonly string[], copies: readonly string[]): FlowDocument {
  const rects = rectsOf(after);
  const outer = copies.filter((id) => !copies.includes(after.steps[id]?.in ?? ''));
  const chosen = originals.flatMap((id) => rects.get(id) ?? []);
  const now = outer.flatMap((id) => rects.get(id) ?? []);
  if (chosen.length === 0 || now.length === 0) return after;
  const left = Math.min(...now.map(({ x }) => x));
  const top = Math.min(...now.map(({ y }) => y));
  const size = {
    width: Math.max(...now.map(({ x, width }) => x + width)) - left,
    height: Math.max(...now.map(({ y, height }) => y + height)) - top,
  };
  const wanted = { x: Math.min(...chosen.map(({ x }) => x)), y: Math.max(...chosen.map(({ y, height }) => y + height)) + 40, ...size };
  const [x, y] = freePlace(before, after.steps[outer[0] ?? '']?.in, wanted);
  const layout = { ...after.layout };
  for (const id of outer) {
    const [oldX, oldY] = layout[id] ?? [0, 0];
    layout[id] = [oldX + x - left, oldY + y - top];
  }
  return { ...after, layout };
}
