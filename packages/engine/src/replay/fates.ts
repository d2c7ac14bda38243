import type { JournalEntry } from '../journal.ts';

/**
 * How a step ended at one place. `done`: it gave its result. `skipped`: the run did not come through. `passed`: it failed, and the
 * run went on. `failed`: it ended what was around it. `open`: it was begun, and no more is known.
 */
export type Fate = 'done' | 'skipped' | 'passed' | 'failed' | 'open';

/** How each step ended, at each place. */
export function fatesOf(entries: readonly JournalEntry[]): Map<string, Fate> {
  return new Map(entries.map((entry) => [entry.stepKey, fateOf(entry)]));
}

/** It is over, and the run went on or came to its end there. */
export const isSettledFate = (fate: Fate): boolean => fate !== 'failed' && fate !== 'open';

function fateOf({ kind, port, retryAt }: JournalEntry): Fate {
  if (kind === 'succeeded') return 'done';
  if (kind === 'skipped') return 'skipped';
  if (kind !== 'failed' || retryAt !== undefined) return 'open';
  return port === undefined ? 'failed' : 'passed';
}
