import type { RunError } from '@weft/engine';
import type { Json } from '@weft/json-schema';
import type { F, Page, Timestamp, W } from './shared.ts';

/** How far a loop over a stream is. */
export interface StreamProgressView {
  /** The loop, with the path of the lists around it: `each`, `outer[2]/each`. */
  stepKey: string;
  read: number;
  succeeded: number;
  failed: number;
  /** Ended by a filter. */
  skipped: number;
  batches: number;
  startedAt: Timestamp;
  at: Timestamp;
  /** Spent reading and writing. */
  seconds: number;
  /** Over the last seconds; over the whole time when it has finished. */
  recordsPerSecond: number;
  /** How far the source is; null where it does not say. */
  amount: { unit: 'bytes' | 'records' | 'pages'; done: number; total: number | null } | null;
  /** Estimated; null while nothing is known, and at the end. */
  secondsLeft: number | null;
  /** How often it began again because its source cannot go on in the middle. */
  restarts: number;
  /** How often it was interrupted and went on where it was. */
  continued: number;
  /** The source is read to its end. */
  finished: boolean;
}

/** A record of a stream that failed. */
export interface DeadLetter {
  id: string;
  runId: string;
  flowId: string;
  /** The loop. */
  stepKey: string;
  /** The step inside the loop that failed. */
  stepId: string | null;
  /** Where it stood, both counted from 0. */
  position: { batch: number; index: number };
  /** Redacted. */
  record: Json;
  /** `ruleId` names the mapping rule, where one failed. */
  error: RunError;
  at: Timestamp;
  status: 'open' | 'replayed' | 'discarded';
  /** The run that did it again. */
  replayedBy: string | null;
}

export interface DeadLetterQuery {
  /** Default all. */
  status?: DeadLetter['status'];
  /** Only those that failed like this: `cause` of DeadLetterCause. */
  cause?: string;
  cursor?: string;
}

/** Which dead letters; without any of it all open ones. */
export interface DeadLetterChoice {
  ids?: string[];
  cause?: string;
}

/** Dead letters that failed in the same way: at the same step and rule. */
export interface DeadLetterCause {
  /** Names it in a query. */
  cause: string;
  stepId: string | null;
  ruleId: string | null;
  /** Of one of them. */
  message: string;
  count: number;
}

export interface DeadLetterExport {
  format: 'ndjson' | 'csv';
  /** Default open. */
  status?: DeadLetter['status'];
}

/** Dead letters of streams: of one run, or of all runs of a flow. */
export interface StreamRoutes {
  /** Streams: dead letters, newest first; of one run, or of all runs of a flow. */
  'GET /w/:workspace/runs/:run/dead-letters': { params: W & { run: string }; query: DeadLetterQuery; response: Page<DeadLetter> };
  'GET /w/:workspace/flows/:flow/dead-letters': { params: F; query: DeadLetterQuery; response: Page<DeadLetter> };
  /** In which ways they failed, most first, at most 100 of them. */
  'GET /w/:workspace/runs/:run/dead-letters/causes': {
    params: W & { run: string };
    query: { status?: DeadLetter['status'] };
    response: { total: number; causes: DeadLetterCause[] };
  };
  'GET /w/:workspace/flows/:flow/dead-letters/causes': {
    params: F;
    query: { status?: DeadLetter['status'] };
    response: { total: number; causes: DeadLetterCause[] };
  };
  /**
   * Does these again on the flow's published version (those of a test run on the draft), from the loop on; without ids all open ones. One new
   * run for each run and loop that left some.
   */
  'POST /w/:workspace/runs/:run/dead-letters/replay': { params: W & { run: string }; body: DeadLetterChoice; response: { runIds: string[] } };
  'POST /w/:workspace/flows/:flow/dead-letters/replay': { params: F; body: DeadLetterChoice; response: { runIds: string[] } };
  /** Marks them as not needed; without ids all open ones. */
  'POST /w/:workspace/runs/:run/dead-letters/discard': { params: W & { run: string }; body: DeadLetterChoice; response: { discarded: number } };
  'POST /w/:workspace/flows/:flow/dead-letters/discard': { params: F; body: DeadLetterChoice; response: { discarded: number } };
  /** As a file: each record with its error, redacted. */
  'GET /w/:workspace/runs/:run/dead-letters/export': { params: W & { run: string }; query: DeadLetterExport; response: Blob };
  'GET /w/:workspace/flows/:flow/dead-letters/export': { params: F; query: DeadLetterExport; response: Blob };
}
