import type { JournalEntry } from '../journal.ts';

/** What an earlier process got done of one step. */
export interface Replayed {
  last: JournalEntry;
  /** When it was first started; absent where that was never committed. */
  startedAt?: number;
}

export type Replay = ReadonlyMap<string, Replayed>;

/** The journal by step; entries come in the order of their commits. */
export function replayOf(entries: readonly JournalEntry[]): Replay {
  const replay = new Map<string, Replayed>();
  for (const entry of entries) {
    const startedAt = replay.get(entry.stepKey)?.startedAt ?? (entry.kind === 'started' ? entry.at : undefined);
    replay.set(entry.stepKey, { last: entry, startedAt });
  }
  return replay;
}

/** True where the step is over: it is not run again. */
export const isSettled = ({ kind, retryAt }: JournalEntry): boolean => kind !== 'started' && !(kind === 'failed' && retryAt !== undefined);
