import type { FlowDocument } from '@weft/flow';
import type { Answer, JournalEntry, QueueReason, RunError } from '@weft/engine';
import type { RunStatus } from './run-status.ts';
import type { Json } from '@weft/json-schema';
import type { Page, Timestamp, W } from './shared.ts';
import type { StreamProgressView } from './streams.ts';

export interface RunSummary {
  id: string;
  flowId: string;
  flowTitle: string;
  mode: 'live' | 'test';
  status: RunStatus;
  /** Published version number; null for test runs. */
  version: number | null;
  createdAt: Timestamp;
  finishedAt: Timestamp | null;
  durationMs: number | null;
  error: RunError | null;
  /** Why it waits in the queue, where it does. */
  queued: QueueReason | null;
  /** What a person called it. */
  name: string | null;
  /** What its flow calls it by, from the data it began with: an order number. */
  title: string | null;
  /** Kept by retention. */
  pinned: boolean;
  /** The run that this one replays. */
  replayOf: string | null;
  /** The newest run that replays this one. */
  lastReplay: { id: string; status: RunStatus } | null;
  /** Records of streams that failed in it and wait for a person: neither done again nor discarded. */
  openDeadLetters: number;
  /** How often a live run said that something was odd: data unlike the samples, fields left out. 0 for test runs. */
  warnings: number;
}

/** Another run that a run has to do with. */
export interface RunLink {
  id: string;
  flowId: string;
  flowTitle: string;
  /** The step concerned, with its loop path, and its title in that run; null where it is not known. */
  stepKey: string;
  stepTitle: string | null;
  /** Null where the run has been pruned. */
  status: RunStatus | null;
  createdAt: Timestamp | null;
}

/** How large what was left out is, by the part that it is. */
export interface LargeParts {
  input?: { sizeBytes: number };
  output?: { sizeBytes: number };
}

/** A journal entry as people see it. */
export interface RunEntry extends JournalEntry {
  /** Values over 256 kB are left out; `GET …/runs/:run/value` reads them. */
  large?: LargeParts;
}

export interface RunDetail extends RunSummary {
  /** The document this run was made with. */
  document: FlowDocument;
  payload: Json;
  answer: Answer | null;
  /** The payload is left out, because it is over 256 kB. */
  largePayload?: { sizeBytes: number };
  /** The answer's body is left out, because it is over 256 kB. */
  largeAnswer?: { sizeBytes: number };
  /** The journal, redacted; `at` and `retryAt` in milliseconds. Loops may be long: at most 2,000 entries, newest kept per step. */
  entries: RunEntry[];
  /** True when entries were left out. */
  truncated: boolean;
  /** The run that this one replays, and from which step. */
  replays: RunLink | null;
  /** Runs that replay this one, newest first, at most 20. */
  replayedBy: RunLink[];
  /** The run and the step that called this one as a sub-flow. */
  parent: RunLink | null;
  /** Of each loop over a stream, in the order of their beginning. Their records leave samples only among the entries. */
  progress: StreamProgressView[];
  files: { name: string; sizeBytes: number }[];
}

/** Runs: the history, one run whole, and what people do with one. */
export interface RunRoutes {
  'GET /w/:workspace/runs': {
    params: W;
    /**
     * `warned`: only runs with warnings. `search`: a text in the flow's title or the run's name, title, error or data, among the newest 2,000
     * that fit the rest; not in values over 256 kB. Started from `since` on, and before `before`.
     */
    query: {
      flow?: string;
      status?: RunStatus;
      mode?: 'live' | 'test';
      warned?: 'yes';
      search?: string;
      since?: Timestamp;
      before?: Timestamp;
      cursor?: string;
    };
    response: Page<RunSummary>;
  };
  'GET /w/:workspace/runs/:run': { params: W & { run: string }; response: RunDetail };
  /** A value that was left out for its size: the payload, the answer's body, or what a step got or gave, the newest time. */
  'GET /w/:workspace/runs/:run/value': {
    params: W & { run: string };
    query: { part: 'payload' | 'answer' | 'input' | 'output'; stepKey?: string; attempt?: string };
    response: { value: Json };
  };
  'POST /w/:workspace/runs/:run/cancel': { params: W & { run: string }; response: RunSummary };
  /** Starts the same payload again on the flow's published version (live) or the run's own document (test). */
  'POST /w/:workspace/runs/:run/again': { params: W & { run: string }; response: { runId: string } };
  /** Names and pins: null takes the name away. */
  'PATCH /w/:workspace/runs/:run': { params: W & { run: string }; body: { name?: string | null; pinned?: boolean }; response: RunSummary };
}
