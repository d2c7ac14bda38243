import type { FlowDocument } from '@weft/flow';
import type { Json } from '@weft/json-schema';
import type { F, Timestamp } from './shared.ts';

/** What a flow's schedule or polling trigger does by itself. */
export interface TriggerState {
  kind: 'schedule' | 'polling';
  /** Published and switched on. */
  active: boolean;
  /** The last moment that fired, or the last time the source was asked. */
  lastAt: Timestamp | null;
  nextAt: Timestamp | null;
  /** Polling: new items of the last time; null before it. */
  lastItems: number | null;
  /** Failures in a row; Weft asks more seldom then. */
  failures: number;
  /** Why the last time failed, redacted. */
  error: string | null;
  /** Polling: what may be entered to read again from there; null where only everything can be read again. */
  since: { title: string; description: string } | null;
}

/** Runs that are made up for, in the background. */
export interface Backfill {
  id: string;
  from: string;
  to: string | null;
  /** Runs in total; null while the total is unknown. */
  total: number | null;
  /** Runs, or items, that were started. */
  done: number;
  status: 'running' | 'done' | 'failed' | 'cancelled';
  error: string | null;
  createdAt: Timestamp;
  finishedAt: Timestamp | null;
}

export interface BackfillPreview {
  /** Runs that would start; null where only the source knows. */
  total: number | null;
  tooMany: boolean;
  /** So many at most. */
  most: number;
  first: Timestamp | null;
  last: Timestamp | null;
}

/** What starts flows by itself: schedules, polling, and making up for the past. */
export interface TriggerRoutes {
  /** A cron expression in words and its next times. */
  'POST /schedule/preview': {
    body: { cron: string; timezone: string };
    response: { words: string; next: Timestamp[] };
  };
  /** Schedules and polling triggers; null for others, and before the first publishing. */
  'GET /w/:workspace/flows/:flow/trigger': { params: F; response: TriggerState | null };
  /** Asks the source of the published flow at once. */
  'POST /w/:workspace/flows/:flow/poll': { params: F; response: TriggerState };
  /** What the trigger of a document finds now, as its runs would get it; starts nothing. */
  'POST /w/:workspace/flows/:flow/poll-sample': { params: F; body: { document: FlowDocument }; response: { outputs: Json[] } };
  /** Runs that are made up for: a schedule from one moment to another, or what a source has given from a value on. */
  'GET /w/:workspace/flows/:flow/backfills': { params: F; response: Backfill[] };
  'POST /w/:workspace/flows/:flow/backfills': { params: F; body: { from: string; to?: string }; response: Backfill };
  'POST /w/:workspace/flows/:flow/backfills/preview': { params: F; body: { from: string; to?: string }; response: BackfillPreview };
  'POST /w/:workspace/flows/:flow/backfills/:backfill/stop': { params: F & { backfill: string }; response: Backfill };
}
