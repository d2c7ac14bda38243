import type { Json } from '@weft/json-schema';
import type { JournalEntry } from '../journal.ts';

/** What starts a run. */
export interface NewRun {
  /** `run_` and a UUIDv7. */
  runId: string;
  workspaceId: string;
  flowId: string;
  /** The immutable version the run stays on; a test run carries its own document instead. */
  versionId: string;
  mode: 'live' | 'test';
  /** The trigger's output. */
  payload: Json;
  /** The sender's id of the event: the same id for the same flow starts one run only. */
  eventId?: string;
  /** Milliseconds since the epoch. */
  createdAt: number;
  /** Test runs: stop after this step. */
  until?: string;
  /** Keeps its order among the runs of its flow with the same key: it begins when those before it have ended. */
  key?: string;
  /** What people call it among the runs of its flow. A fact to show; the engine does not read it. */
  title?: string;
  /** W3C trace context of the caller. */
  traceparent?: string;
  /** Dead letters to do again: they become this run's in the commit that starts it, and its loop reads them instead of its source. Never leased at once. */
  deadLetters?: DeadLettersOf;
  /** The step of the run that called this one as a sub-flow; it waits for the end of this one. */
  parent?: { runId: string; stepKey: string };
  /** How many runs are above it. Default 0. */
  depth?: number;
  /** The run that this one replays, and the step, with its loop path, from which. Facts to show; the engine does not read them. */
  replayOf?: string;
  replayFrom?: string;
  /** The run whose idempotency keys and ids are used again, so that services recognise repeats. Default: the run itself. */
  effectsOf?: string;
  /**
   * Facts of an earlier run that this one begins with: its journal starts with them, in the commit that starts it. Such a run is
   * always queued, and handed out as resumed; a lease's run does not carry them.
   */
  entries?: JournalEntry[];
}

/** Whose idempotency keys and ids a run uses. */
export const keyOwner = ({ runId, effectsOf }: Pick<NewRun, 'runId' | 'effectsOf'>): string => effectsOf ?? runId;

/** Which dead letters a run does again. */
export interface DeadLettersOf {
  /** The run that left them. */
  runId: string;
  /** The loop they belong to. */
  stepKey: string;
  /** Absent: all that are open when the run is started. */
  ids?: number[];
}
