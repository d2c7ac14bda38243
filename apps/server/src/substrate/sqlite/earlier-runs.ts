import type { NewRun, RunOfEvent } from '@weft/engine';
import type { Statements } from './statements.ts';

/** For so long the same event id starts one run only. */
const eventMemoryMs = 7 * 24 * 3_600_000;
/** Old events go while new ones come, a few at a time. */
const eventsPerSweep = 1_000;
/** More than come meanwhile, and no more than a commit should hold: after a long rest there may be millions. */
const forgottenAtOnce = 5_000;

/** Which runs have been started before, by their ids and by the events that started them. */
export interface EarlierRuns {
  /** The run that an earlier call with this run id or event id has made. From then on the id is taken: a second call with it is a repeat. */
  of(run: NewRun): string | undefined;
  /** Which of these events have started a run of the flow. */
  seenEvents(flowId: string, eventIds: string[]): string[];
  /** Inside a commit. */
  remember(event: RunOfEvent): void;
  /** Inside the commit that opens the store: finds the highest id and forgets old events. */
  open(): void;
}

export interface EarlierRunsOptions {
  /** Milliseconds since the epoch. */
  now: () => number;
  /** Handed out, but not in the store yet. */
  isBuffered(runId: string): boolean;
}

export function createEarlierRuns(statements: Statements, { now, isBuffered }: EarlierRunsOptions): EarlierRuns {
  /** Ids rise, so one above all that were started is new without asking the database. */
  let highestId = '';
  let eventsSinceSweep = 0;

  function sweep(): void {
    eventsSinceSweep = 0;
    statements.forgetEvents.run(now() - eventMemoryMs, forgottenAtOnce);
  }

  return {
    of({ runId, flowId, eventId }) {
      if (runId > highestId) highestId = runId;
      else if (isBuffered(runId) || statements.runExists.get(runId)) return runId;
      if (eventId === undefined) return undefined;
      return statements.runOfEvent.get(flowId, eventId, now() - eventMemoryMs)?.run_id;
    },
    seenEvents(flowId, eventIds) {
      const rows = statements.seenEvents.all(flowId, JSON.stringify(eventIds), now() - eventMemoryMs);
      const known = new Set(rows.map((row) => row.event_id));
      return eventIds.filter((eventId) => known.has(eventId));
    },
    remember({ flowId, eventId, runId }) {
      statements.forgetEvent.run(flowId, eventId);
      statements.insertEvent.run(flowId, eventId, runId, now());
      eventsSinceSweep += 1;
      if (eventsSinceSweep >= eventsPerSweep) sweep();
    },
    open() {
      highestId = statements.highestId.get()?.id ?? '';
      sweep();
    },
  };
}
