import type { FlowDocument } from '@weft/flow';
import type { Command } from '../state/command.ts';
import { shifted } from './places.ts';

/** Moves steps and notes by a distance; what is inside a loop goes with it. Nudges of one selection are one step of undo. */
export function moveSteps(
  ids: readonly string[],
  by: [dx: number, dy: number],
  { notes = [], merge }: { notes?: readonly string[]; merge?: string } = {},
): Command {
  return {
    label: ids.length + notes.length === 1 ? 'Move step' : 'Move steps',
    ...(merge !== undefined && { merge: `move:${merge}` }),
    apply(flow) {
      const moving = new Set(ids.filter((id) => Object.hasOwn(flow.steps, id)));
      if ((by[0] === 0 && by[1] === 0) || moving.size + notes.length === 0) return flow;
      const at = ([x, y]: [number, number]): [number, number] => [x + by[0], y + by[1]];
      const next = shifted(flow, moving, by);
      return notes.length === 0
        ? next
        : { ...next, notes: flow.notes.map((note) => (notes.includes(note.id) ? { ...note, at: at(note.at) } : note)) };
    },
  };
}

/** Puts steps at exactly these places of the document, as auto-layout finds them. */
export function arrange(layout: FlowDocument['layout']): Command {
  return { label: 'Tidy up', apply: (flow) => ({ ...flow, layout: { ...flow.layout, ...layout } }) };
}
