import type { Json } from '@weft/json-schema';
import type { NewRun } from './new-run.ts';

/** How far an outside source has been read, in the reader's own format. */
export interface Cursor {
  /** Rises with each move, from 1. */
  revision: number;
  value: Json;
}

export interface CursorMove {
  name: string;
  /** The revision it was found at; 0 for none. */
  from: number;
  to: Json;
}

export interface RunOfEvent {
  flowId: string;
  eventId: string;
  runId: string;
}

/** How far things outside have been read. A cursor moves in the commit that starts the runs of what was read. */
export interface Cursors {
  /** Where reading goes on; undefined before the first move. */
  cursor(name: string): Promise<Cursor | undefined>;
  /**
   * Queues these runs and moves a cursor, in one commit: all or nothing. Runs whose event has started one before are left out.
   * @param events - further event ids, each with the run that it is part of.
   * @returns false, with nothing written, when the cursor is not where `move` expects it: another reader has moved it.
   * @throws {QueueFull} as `start` does.
   */
  startTogether(runs: NewRun[], move: CursorMove, events?: RunOfEvent[]): Promise<boolean>;
  /** Which of these event ids have started a run of the flow within seven days. */
  seenEvents(flowId: string, eventIds: string[]): Promise<string[]>;
  /** Forgets a cursor: reading begins anew. */
  dropCursor(name: string): Promise<void>;
}
