import type { FlowDocument } from '@weft/flow';
import { i18n } from '../../locales/i18n.ts';
import type { Command } from '../state/command.ts';
import { shifted } from './step-places.ts';

/** Moves steps and notes by a distance; what is inside a loop goes with it. Nudges of one selection are one step of undo. */
export function moveSteps(
  ids: readonly string[],
  by: [dx: number, dy: number],
  { notes = [], merge }: { notes?: readonly string[]; merge?: string } = {},
): Command {
  return {
    label: i18n.t('editor:did.move', { count: ids.length + notes.length }),
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
  return { label: i18n.t('editor:did.tidy'), apply: (flow) => ({ ...flow, layout: { ...flow.layout, ...layout } }) };
}

/** Moves each step and note by a distance of its own, as dragging has left them. */
export function moveStepsBy(steps: ReadonlyMap<string, [number, number]>, notes: ReadonlyMap<string, [number, number]>): Command {
  return {
    label: i18n.t('editor:did.move', { count: steps.size + notes.size }),
    apply(flow) {
      const layout = { ...flow.layout };
      for (const [id, [dx, dy]] of steps) {
        if (!Object.hasOwn(flow.steps, id)) continue;
        const [x, y] = layout[id] ?? [0, 0];
        layout[id] = [x + dx, y + dy];
      }
      if (notes.size === 0) return { ...flow, layout };
      const moved = flow.notes.map((note): typeof note => {
        const by = notes.get(note.id);
        return by ? { ...note, at: [note.at[0] + by[0], note.at[1] + by[1]] } : note;
      });
      return { ...flow, layout, notes: moved };
    },
  };
}
