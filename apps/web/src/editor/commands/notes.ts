import type { FlowDocument, Note } from '@weft/flow';
import type { Command } from '../state/command.ts';

export function addNote(note: Note): Command {
  return { label: 'Add note', apply: (flow) => ({ ...flow, notes: [...flow.notes, note] }) };
}

export function updateNote(id: string, patch: Partial<Omit<Note, 'id'>>): Command {
  return {
    label: 'Change note',
    merge: `note:${id}:${Object.keys(patch).join()}`,
    apply: (flow) => ({ ...flow, notes: flow.notes.map((note) => (note.id === id ? { ...note, ...patch } : note)) }),
  };
}

export function removeNotes(ids: readonly string[]): Command {
  return {
    label: 'Delete note',
    apply(flow) {
      const notes = flow.notes.filter(({ id }) => !ids.includes(id));
      return notes.length === flow.notes.length ? flow : { ...flow, notes };
    },
  };
}

export function freshNoteId({ notes }: FlowDocument): string {
  for (let number = 1; ; number++) if (!notes.some(({ id }) => id === `note${number}`)) return `note${number}`;
}
