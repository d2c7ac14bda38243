import type { FlowDocument } from '@weft/flow';

/**
 * One change of the flow. Mouse, keyboard, palette, outline, inspector and mapper all speak in commands, so each change
 * can be undone and is saved.
 */
export interface Command {
  /** What the person did, for "Undo …", in the words of the string files. */
  label: string;
  /** Pure. Giving back the same object means that nothing changed: nothing is recorded. */
  apply(flow: FlowDocument): FlowDocument;
  /** Consecutive commands with the same key are one step of undo (typing in one field, nudging one selection). */
  merge?: string;
}
