import type { FlowDocument, Note } from '@weft/flow';
import { i18n } from '../../locales/i18n.ts';
import type { Command } from '../state/command.ts';

export function addNote(note: Note): Command {
  return { label: i18n.t('editor:did.addNote'), apply: (flow) => ({ ...flow, notes: [...flow.notes, note] }) };
}

export function updateNote(id: string, patch: Partial<Omit<Note, 'id'>>): Command {
  return {
    label: i18n.t('editor:did.changeNote'),
    merge: `note:${id}:${Object.keys(patch).join()}`,
    apply: (flow) => ({ ...flow, notes: flow.notes.map((note) => (note.id === id ? { ...note, ...patch } : note)) }),
  };
}

export function removeNotes(ids: readonly string[]): Command {
  return {
    label: i18n.t('editor:did.removeNote'),
    apply(flow) {
      const notes = flow.notes.filter(({ id }) => !ids.includes(id));
      return notes.length === flow.notes.length ? flow : { ...flow, notes };
    },
  };
}

export function freshNoteId({ notes }: FlowDocument): string {
  for (let number = 1; ; number++) if (!notes.some(({ id }) => id === `note${number}`)) return `note${number}`;
}
