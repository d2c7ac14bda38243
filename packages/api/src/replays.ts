import type { ReplayEffect } from '@weft/engine';
import type { W } from './shared.ts';

/** What a replay would do, said before it is started. */
export interface ReplayPreview {
  /** Whether the run can be replayed like this; if not, why. */
  refused: string | null;
  /** The step it would begin at: the one asked for, or an earlier one whose result does not fit any more. */
  from: { stepKey: string; title: string };
  /** Steps before the chosen one that are new or behave differently in the newest version, so they are done as well. */
  changed: { stepId: string; title: string }[];
  /** Steps that call something outside, in running order. */
  effects: ReplayEffect[];
  /** Loops over streams that begin at the first record again, and how many records they had read. */
  anew: { stepId: string; title: string; read: number }[];
  /** The version it would run on; null for the document of a test run. */
  version: number | null;
  /** What can be chosen: `newest` only where it differs from what the run was made with. */
  versions: ReplayVersion[];
}

/** `same`: the document the run was made with. `newest`: the published version, or for a test run the draft. */
export type ReplayVersion = 'same' | 'newest';

/** Failed runs that fit a filter, oldest first. */
export interface Retryable {
  runs: string[];
  /** So many more fit: they are not among `runs`, which holds at most 1,000. */
  more: number;
  /** So many of `runs` have been replayed before. */
  retried: number;
}

/** What came of retrying some runs. */
export interface RetryResult {
  started: { run: string; runId: string }[];
  skipped: { run: string; reason: 'retried' | 'not_failed' | 'gone' | 'switched_off' | 'refused' | 'queue_full'; message: string }[];
}

/** Replaying one run, and retrying many. */
export interface ReplayRoutes {
  /** Replay: what a run from this step on would do again, and doing it. `from` is a step's id, or its key with the loop path. */
  'GET /w/:workspace/runs/:run/replay': { params: W & { run: string }; query: { from: string; version: ReplayVersion }; response: ReplayPreview };
  'POST /w/:workspace/runs/:run/replay': { params: W & { run: string }; body: { from: string; version: ReplayVersion }; response: { runId: string } };
  /** Retry: failed runs that fit a filter; and replaying some from the step that failed, at most 100 a call. */
  'GET /w/:workspace/retries': { params: W; query: { flow?: string; mode?: 'live' | 'test'; search?: string }; response: Retryable };
  'POST /w/:workspace/retries': { params: W; body: { runs: string[]; version: ReplayVersion; again?: boolean }; response: RetryResult };
}
