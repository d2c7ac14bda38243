import type { JournalEntry } from '../journal.ts';

/** `each[3]/stock` → `stock`; `each[3]` → `each`. */
export const stepIdOf = (stepKey: string): string => stepKey.slice(stepKey.lastIndexOf('/') + 1).replace(/\[[^\]]*\]$/, '');

/** The keys of the loops around, outermost first: `each[3]/inner[0]/stock` → `each`, `each[3]/inner`. */
export function loopKeysOf(stepKey: string): string[] {
  const items = itemKeysOf(stepKey);
  return items.map((itemKey) => itemKey.slice(0, itemKey.lastIndexOf('[')));
}

/** The items around, outermost first: `each[3]/inner[0]/stock` → `each[3]`, `each[3]/inner[0]`. */
export function itemKeysOf(stepKey: string): string[] {
  const parts = stepKey.split('/').slice(0, -1);
  return parts.map((_, at) => parts.slice(0, at + 1).join('/'));
}

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
