import type { LiveEvent } from '@weft/api';
import { pathOf, stepIdOf } from '@weft/flow';

/** A fact about a step, as the server tells it. */
export type JournalEntry = Extract<LiveEvent, { type: 'steps' }>['entries'][number];

/** How a step stands in the run that is shown on the canvas. */
export interface StepRunState {
  status: 'running' | 'retrying' | 'parked' | 'succeeded' | 'failed' | 'skipped';
  /** Times it finished: in a loop, the items so far. */
  count: number;
  /** Of these, how many failed. */
  failed: number;
  /** Of a loop: the items it has begun, over all its times. */
  items?: number;
  /** How long the last time took, milliseconds; absent while it runs. */
  ms?: number;
  /** When the last try began, milliseconds since the epoch. */
  startedAt?: number;
}

export type RunStates = Readonly<Record<string, StepRunState>>;

/** The states after more facts became known; untouched steps keep their object, so their nodes do not render again. */
export function foldEntries(states: RunStates, entries: readonly JournalEntry[]): RunStates {
  const next: Record<string, StepRunState> = { ...states };
  for (const entry of entries) {
    const id = stepIdOf(entry.stepKey);
    next[id] = after(next[id], entry);
    for (const { loopId, batch, index } of pathOf(entry.stepKey).around) {
      // A stream says itself how many records it has read.
      if (batch !== undefined) continue;
      const state = next[loopId] ?? { status: 'running', count: 0, failed: 0 };
      if ((state.items ?? 0) <= index) next[loopId] = { ...state, items: index + 1 };
    }
  }
  return next;
}

/** What a loop over a stream has counted. */
export type Progress = Pick<Extract<LiveEvent, { type: 'progress' }>['progress'], 'stepKey' | 'read'>;

export function foldProgress(states: RunStates, { stepKey, read }: Progress): RunStates {
  const id = stepIdOf(stepKey);
  return { ...states, [id]: { ...(states[id] ?? { status: 'running', count: 0, failed: 0 }), items: read } };
}

function after(state: StepRunState | undefined, entry: JournalEntry): StepRunState {
  const next = outcome(state, entry);
  return state?.items === undefined ? next : { ...next, items: state.items };
}

function outcome(state: StepRunState | undefined, entry: JournalEntry): StepRunState {
  const { count = 0, failed = 0, startedAt } = state ?? {};
  const ms = startedAt === undefined ? undefined : Math.max(0, entry.at - startedAt);
  const took = ms === undefined ? {} : { ms };
  switch (entry.kind) {
    case 'started':
      return { status: entry.wait ? 'parked' : entry.attempt > 1 ? 'retrying' : 'running', count, failed, startedAt: entry.at };
    case 'succeeded':
      return { status: failed > 0 ? 'failed' : 'succeeded', count: count + 1, failed, ...took };
    case 'failed':
      return entry.retryAt === undefined
        ? { status: 'failed', count: count + 1, failed: failed + 1, ...took }
        : { status: 'retrying', count, failed, ...took };
    case 'skipped':
      // In a loop some items pass and some are skipped: what happened to an item counts more than what did not.
      return count > 0 && state ? { ...state, count } : { status: 'skipped', count, failed };
  }
}
