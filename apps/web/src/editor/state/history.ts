import type { FlowDocument } from '@weft/flow';
import type { Command } from './command.ts';

/** What can be undone and redone. Documents share their unchanged parts, so a snapshot costs little. */
export interface History {
  past: readonly Change[];
  future: readonly Change[];
}

interface Change {
  label: string;
  merge?: string;
  before: FlowDocument;
  after: FlowDocument;
}

/** Steps of undo that are kept. */
export const maxUndoSteps = 300;

export const emptyHistory: History = { past: [], future: [] };

interface Moment {
  document: FlowDocument;
  history: History;
}

/** The document after the command, and the history that can take it back. A command that changes nothing is not recorded. */
export function perform({ document, history }: Moment, command: Command): Moment {
  const after = command.apply(document);
  if (after === document) return { document, history };
  const last = history.past.at(-1);
  const merges = command.merge !== undefined && last?.merge === command.merge && history.future.length === 0;
  const change: Change =
    merges && last
      ? { ...last, after }
      : { label: command.label, merge: command.merge, before: document, after };
  const kept = merges ? history.past.slice(0, -1) : history.past.slice(-(maxUndoSteps - 1));
  return { document: after, history: { past: [...kept, change], future: [] } };
}

/** One change back. The change that is now last never merges with what comes next: undoing ends a series. */
export function stepBack({ document, history }: Moment): Moment {
  const change = history.past.at(-1);
  if (!change) return { document, history };
  return {
    document: change.before,
    history: { past: sealed(history.past.slice(0, -1)), future: [change, ...history.future] },
  };
}

/** One change forward again. */
export function stepForward({ document, history }: Moment): Moment {
  const [change, ...future] = history.future;
  if (!change) return { document, history };
  return { document: change.after, history: { past: sealed([...history.past, change]), future } };
}

function sealed(past: readonly Change[]): readonly Change[] {
  const last = past.at(-1);
  if (last?.merge === undefined) return past;
  return [...past.slice(0, -1), { label: last.label, before: last.before, after: last.after }];
}
