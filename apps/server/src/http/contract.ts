/**
 * The HTTP API under /api/v1 in one place: the server's routes and the web's client are both typed from this table, so
 * neither can drift. Errors are problem+json (RFC 9457) with a stable `code`. Every POST of somebody signed in takes an
 * `Idempotency-Key`: the same key gives the first answer again, for a day. Ids in paths of another workspace answer 404.
 */
import type { AuthScheme, CallRate, ConnectorDescriptor, OptionItem } from '@weft/connector-sdk';
import type { CallableFlow, FlowDocument, OperationRef, Problem } from '@weft/flow';
import type { Answer, JournalEntry, QueueReason, ReplayEffect, RunError, RunStatus } from '@weft/engine';
import type { Json, JsonObject, JsonSchema } from '@weft/json-schema';

/** ISO 8601, UTC. */
export type Timestamp = string;

/** What every refused request answers. */
export interface ProblemDetails {
  type: string;
  title: string;
  status: number;
  /** Stable, for programs: `flow.stale`, `input.invalid`, `auth.required` … */
  code: string;
  /** A sentence for the person. */
  detail: string;
  /** Per field, for forms. */
  issues?: { path: string[]; message: string }[];
  /** With `flow.stale`: the draft as it is now. */
  current?: FlowDetail;
}

export interface Page<T> {
  items: T[];
  /** Pass as `cursor` for the next page; null at the end. */
  next: string | null;
}

export interface User {
  id: string;
  name: string;
  email: string;
}

export interface Workspace {
  id: string;
  name: string;
  role: 'owner' | 'member';
  /** This workspace's part of the practice service, no slash at the end; null when it is switched off. */
  practiceUrl: string | null;
}

export interface Me {
  user: User;
  workspaces: Workspace[];
  /** Owner of the whole installation: may change its settings. */
  administrator: boolean;
  /** Where this installation is reached from outside, no slash at the end. */
  publicUrl: string;
  /** Base URL of the built-in practice service, or null when it is switched off. */
  practiceUrl: string | null;
}

export interface SessionSummary {
  id: string;
  current: boolean;
  createdAt: Timestamp;
  lastSeenAt: Timestamp;
  userAgent: string | null;
  ipAddress: string | null;
}

export interface InstallationSettings {
  /** Addresses in CIDR notation or host:port that flows may call although they are private. Empty by default. */
  privateNetworks: string[];
  practiceService: boolean;
  /** Largest webhook body, bytes. Default 5 MiB. */
  webhookLimitBytes: number;
  /** Runs that one flow may have waiting in the queue; beyond, calls are refused with 429. Default 10,000. */
  queuePerFlow: number;
  /** The same for all flows together. Default 100,000. */
  queueInAll: number;
  /** Days that ended runs are kept, where the flow does not say otherwise; null: for ever. Default 90. */
  retentionDays: number | null;
  /** Newest runs of each flow that are kept, where the flow does not say otherwise; null: all. Default null. */
  retentionRuns: number | null;
}

/** What an administrator holds back in the whole installation. */
export interface Maintenance {
  /** Nothing new begins since then; null in normal operation. */
  draining: { since: Timestamp; by: string } | null;
  /** Runs in progress: none are left when maintenance can begin. */
  running: number;
  queued: number;
  /** Connector versions that are switched off everywhere. */
  connectors: { connector: string; version: string; title: string; note: string; since: Timestamp; by: string }[];
}

export interface FlowSummary {
  id: string;
  title: string;
  /** Connector ids of the steps in order, for icons. */
  connectors: string[];
  enabled: boolean;
  /** It accepts calls and queues them, and runs nothing. */
  paused: boolean;
  published: boolean;
  unpublishedChanges: boolean;
  updatedAt: Timestamp;
  lastRun: { id: string; status: RunStatus; startedAt: Timestamp } | null;
  /** Live runs of the last seven days, oldest day first. */
  week: { succeeded: number; failed: number }[];
}

export interface FlowDetail {
  id: string;
  title: string;
  draft: FlowDocument;
  /** Rises with every saved draft; send it as If-Match. */
  revision: number;
  enabled: boolean;
  /** It accepts calls and queues them, and runs nothing. */
  paused: boolean;
  /** The version that runs now. */
  published: { number: number; publishedAt: Timestamp } | null;
  unpublishedChanges: boolean;
  updatedAt: Timestamp;
  /** Where webhooks of the published version arrive; null for other triggers. */
  webhookUrl: string | null;
}

export interface FlowVersion {
  number: number;
  publishedAt: Timestamp;
  publishedBy: string;
  note: string | null;
  current: boolean;
}

export interface StarterSummary {
  id: string;
  title: string;
  description: string;
  connectors: string[];
}

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
  /** Kept by retention. */
  pinned: boolean;
  /** The run that this one replays. */
  replayOf: string | null;
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
  skipped: { run: string; reason: 'retried' | 'not_failed' | 'gone' | 'switched_off' | 'refused'; message: string }[];
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
  /** Records that failed and wait for a person: neither done again nor discarded. */
  openDeadLetters: number;
  files: { name: string; sizeBytes: number }[];
}

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

/** Somebody who works in a workspace. */
export interface Person extends User {
  role: Workspace['role'];
}

/** What a run asks people. */
export interface Approval {
  id: string;
  flowId: string;
  flowTitle: string;
  runId: string;
  /** With the loop path. */
  stepKey: string;
  stepTitle: string;
  mode: 'live' | 'test';
  status: 'open' | 'approved' | 'rejected' | 'timed_out' | 'cancelled';
  question: string;
  assignees: { users: string[]; roles: Workspace['role'][] };
  /** What people need to decide; redacted. */
  shown: Json;
  requestedAt: Timestamp;
  /** When it decides itself. */
  dueAt: Timestamp | null;
  decidedAt: Timestamp | null;
  decidedBy: { id: string; name: string; email: string } | null;
  comment: string;
  /** Whether whoever asks may decide it now. */
  mayDecide: boolean;
}

export interface Rejection {
  id: string;
  at: Timestamp;
  /** `malformed_json`, `too_large`, `not_published`, `switched_off` … */
  reason: string;
  message: string;
  /** The first kilobyte of the body, as text. */
  excerpt: string;
}

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
  /** Runs in all; null where only the end will tell. */
  total: number | null;
  /** Runs, or items, that were started. */
  done: number;
  status: 'running' | 'done' | 'failed' | 'cancelled';
  error: string | null;
  createdAt: Timestamp;
  finishedAt: Timestamp | null;
}

export interface BackfillPreview {
  /** Runs that would start; null where only the source can tell. */
  total: number | null;
  tooMany: boolean;
  /** So many at most. */
  most: number;
  first: Timestamp | null;
  last: Timestamp | null;
}

export interface FileSummary {
  name: string;
  sizeBytes: number;
  updatedAt: Timestamp;
  /** The run that wrote it last. */
  runId: string | null;
}

export interface FilePreview {
  /** A table for CSV, text otherwise; null for binary files. */
  table: { columns: string[]; rows: string[][] } | null;
  text: string | null;
  truncated: boolean;
}

export interface ConnectionSummary {
  id: string;
  title: string;
  connector: string;
  scheme: AuthScheme['id'];
  config: JsonObject;
  /** Field names of the credentials that are set; values never leave the server. */
  credentialFields: string[];
  createdAt: Timestamp;
  /** At most so many calls by all steps together; null: as many as come. */
  rateLimit: CallRate | null;
  lastTest: { ok: boolean; at: Timestamp; message: string } | null;
  /** Flows whose draft or published version uses it. */
  usedBy: { id: string; title: string }[];
}

/** The outcome of running one step on its own. */
export interface StepTest {
  stepId: string;
  status: 'succeeded' | 'failed';
  /** What the step got after mapping. */
  input: Json;
  output?: Json;
  error?: RunError;
  durationMs: number;
  /** Learned from the output. */
  outputSchema?: JsonSchema;
}

/** Server-sent events of one workspace; `data` is one of these. */
export type LiveEvent =
  | { type: 'run'; run: RunSummary }
  | { type: 'steps'; runId: string; flowId: string; entries: JournalEntry[] }
  /** At most a few times a second. */
  | { type: 'progress'; runId: string; flowId: string; progress: StreamProgressView }
  | { type: 'flow'; flowId: string; revision: number; by: { id: string; name: string } }
  | { type: 'captured'; flowId: string; payload: Json }
  | { type: 'rejected'; flowId: string; rejection: Rejection }
  /** What holds runs back has changed: reasons for waiting may be others now. */
  | { type: 'queue' }
  /** The state of the flow's trigger, or of what is made up for, has changed. */
  | { type: 'trigger'; flowId: string }
  | { type: 'files' }
  /** Something was asked or decided. */
  | { type: 'approvals' };

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

interface Call {
  params?: unknown;
  query?: unknown;
  body?: unknown;
  response: unknown;
}

type W = { workspace: string };
type F = W & { flow: string };

/** Every route: `METHOD /path` → what goes in and what comes out. Bodies are JSON unless noted. */
export interface Api {
  'GET /health': { response: { status: 'ok'; version: string } };
  /** This API as an OpenAPI 3.1 document. */
  'GET /openapi.json': { response: Record<string, unknown> };
  /** Claiming the installation: open until the first account exists. */
  'GET /setup': { response: { claimed: boolean } };
  'POST /setup': {
    body: { token: string; name: string; email: string; password: string; workspace: string };
    response: Me;
  };
  /** What a page asks first: who is signed in, if anybody is; a stranger is no error. */
  'GET /session': { response: { claimed: boolean; me: Me | null } };
  /** Sign-in, sign-out and passwords. Cookies carry the session. */
  'POST /session': { body: { email: string; password: string }; response: Me };
  'DELETE /session': { response: null };
  'GET /me': { response: Me };
  'PATCH /me': { body: { name: string }; response: Me };
  'POST /me/password': { body: { current: string; next: string }; response: null };
  'GET /me/sessions': { response: SessionSummary[] };
  'DELETE /me/sessions/:session': { params: { session: string }; response: null };
  /** Ends every session but this one. */
  'DELETE /me/sessions': { response: null };
  'GET /settings': { response: InstallationSettings };
  'PATCH /settings': { body: Partial<InstallationSettings>; response: InstallationSettings };
  /** Limits and maintenance. */
  'GET /maintenance': { response: Maintenance };
  /** Takes no new work and finishes what is in progress, until it is ended; survives a restart. */
  'PUT /maintenance/drain': { body: { draining: boolean }; response: Maintenance };
  /** Switches a connector version off everywhere, `note` says why; null switches it on again. */
  'PUT /maintenance/connectors': { body: { connector: string; version: string; note: string | null }; response: Maintenance };
  /** Cancels every run of the flow that waits in the queue. */
  'DELETE /w/:workspace/flows/:flow/queue': { params: F; response: { cancelled: number } };
  'POST /workspaces': { body: { name: string }; response: Workspace };
  'PATCH /workspaces/:workspace': { params: W; body: { name: string }; response: Workspace };

  'GET /connectors': { response: ConnectorDescriptor[] };
  'GET /starters': { response: StarterSummary[] };
  /** Live choices of a form field. */
  'POST /w/:workspace/options': {
    params: W;
    body: { use: OperationRef; source: string; connection?: string; config: JsonObject; search?: string };
    response: OptionItem[];
  };
  /** A part of an operation's schema read live: SQL columns, CSV headers. */
  'POST /w/:workspace/schema': {
    params: W;
    body: { use: OperationRef; source: string; connection?: string; config: JsonObject };
    response: JsonSchema;
  };
  /** A cron expression in words and its next times. */
  'POST /schedule/preview': {
    body: { cron: string; timezone: string };
    response: { words: string; next: Timestamp[] };
  };

  'GET /w/:workspace/flows': { params: W; response: FlowSummary[] };
  /** Every flow as others may call it: what it takes and answers, and which flows it calls itself. */
  'GET /w/:workspace/callable-flows': { params: W; response: CallableFlow[] };
  /** From nothing, from a document (import: checked, unknown keys dropped), or from a starter with what it needs. */
  'POST /w/:workspace/flows': {
    params: W;
    body: { title: string } | { document: Json } | { starter: string };
    response: FlowDetail;
  };
  'GET /w/:workspace/flows/:flow': { params: F; response: FlowDetail };
  'PATCH /w/:workspace/flows/:flow': { params: F; body: { enabled?: boolean; paused?: boolean }; response: FlowDetail };
  'DELETE /w/:workspace/flows/:flow': { params: F; response: null };
  /** If-Match: the revision it was made from. 412 `flow.stale` with `current` when somebody else saved first. */
  'PUT /w/:workspace/flows/:flow/draft': { params: F; body: FlowDocument; response: { revision: number } };
  'POST /w/:workspace/flows/:flow/duplicate': { params: F; response: FlowDetail };
  'GET /w/:workspace/flows/:flow/export': { params: F; query: { samples: 'true' | 'false' }; response: FlowDocument };
  /** 422 `flow.problems` when errors are left. */
  'POST /w/:workspace/flows/:flow/publish': { params: F; body: { note?: string; revision: number }; response: FlowDetail };
  'GET /w/:workspace/flows/:flow/problems': { params: F; response: Omit<Problem, 'fixes'>[] };
  'GET /w/:workspace/flows/:flow/versions': { params: F; response: FlowVersion[] };
  'GET /w/:workspace/flows/:flow/versions/:number': { params: F & { number: string }; response: FlowDocument };
  /** Makes an old version the draft. */
  'POST /w/:workspace/flows/:flow/versions/:number/restore': { params: F & { number: string }; response: FlowDetail };
  'GET /w/:workspace/flows/:flow/rejections': { params: F; response: Rejection[] };

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

  /** The next call to the flow's webhook becomes a `captured` event instead of a run, for five minutes. */
  'POST /w/:workspace/flows/:flow/listen': { params: F; response: { url: string; until: Timestamp } };
  'DELETE /w/:workspace/flows/:flow/listen': { params: F; response: null };
  /** Runs one step of a document on given upstream outputs. */
  'POST /w/:workspace/flows/:flow/test-step': {
    params: F;
    body: { document: FlowDocument; stepId: string; scope: JsonObject };
    response: StepTest;
  };
  /** Runs a document from its trigger with this payload; pinned steps give their pin. */
  'POST /w/:workspace/flows/:flow/test-run': {
    params: F;
    body: { document: FlowDocument; payload: Json; until?: string };
    response: { runId: string };
  };
  /** Starts the published version by hand (manual triggers). */
  'POST /w/:workspace/flows/:flow/runs': { params: F; body: { payload: Json }; response: { runId: string } };

  'GET /w/:workspace/runs': {
    params: W;
    query: { flow?: string; status?: RunStatus; mode?: 'live' | 'test'; search?: string; cursor?: string };
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

  /** Streams: dead letters, newest first; of one run, or of all runs of a flow. */
  'GET /w/:workspace/runs/:run/dead-letters': { params: W & { run: string }; query: DeadLetterQuery; response: Page<DeadLetter> };
  'GET /w/:workspace/flows/:flow/dead-letters': { params: F; query: DeadLetterQuery; response: Page<DeadLetter> };
  /** In which ways they failed, most first, at most 100 of them. */
  'GET /w/:workspace/runs/:run/dead-letters/causes': { params: W & { run: string }; query: { status?: DeadLetter['status'] }; response: { total: number; causes: DeadLetterCause[] } };
  'GET /w/:workspace/flows/:flow/dead-letters/causes': { params: F; query: { status?: DeadLetter['status'] }; response: { total: number; causes: DeadLetterCause[] } };
  /** Does these again on the flow's published version (those of a test run on the draft), from the loop on; without ids all open ones. One new run for each run and loop that left some. */
  'POST /w/:workspace/runs/:run/dead-letters/replay': { params: W & { run: string }; body: DeadLetterChoice; response: { runIds: string[] } };
  'POST /w/:workspace/flows/:flow/dead-letters/replay': { params: F; body: DeadLetterChoice; response: { runIds: string[] } };
  /** Marks them as not needed; without ids all open ones. */
  'POST /w/:workspace/runs/:run/dead-letters/discard': { params: W & { run: string }; body: DeadLetterChoice; response: { discarded: number } };
  'POST /w/:workspace/flows/:flow/dead-letters/discard': { params: F; body: DeadLetterChoice; response: { discarded: number } };
  /** As a file: each record with its error, redacted. */
  'GET /w/:workspace/runs/:run/dead-letters/export': { params: W & { run: string }; query: DeadLetterExport; response: Blob };
  'GET /w/:workspace/flows/:flow/dead-letters/export': { params: F; query: DeadLetterExport; response: Blob };

  /** Names and pins: null takes the name away. */
  'PATCH /w/:workspace/runs/:run': { params: W & { run: string }; body: { name?: string | null; pinned?: boolean }; response: RunSummary };
  /** Replay: what a run from this step on would do again, and doing it. `from` is a step's id, or its key with the loop path. */
  'GET /w/:workspace/runs/:run/replay': { params: W & { run: string }; query: { from: string; version: ReplayVersion }; response: ReplayPreview };
  'POST /w/:workspace/runs/:run/replay': { params: W & { run: string }; body: { from: string; version: ReplayVersion }; response: { runId: string } };
  /** Retry: failed runs that fit a filter; and replaying some from the step that failed, at most 100 a call. */
  'GET /w/:workspace/retries': { params: W; query: { flow?: string; mode?: 'live' | 'test'; search?: string }; response: Retryable };
  'POST /w/:workspace/retries': { params: W; body: { runs: string[]; version: ReplayVersion; again?: boolean }; response: RetryResult };

  'GET /w/:workspace/files': { params: W; response: { files: FileSummary[]; usedBytes: number; quotaBytes: number } };
  /** The body is the file's bytes. */
  'PUT /w/:workspace/files/:name': { params: W & { name: string }; body: Blob; response: FileSummary };
  'GET /w/:workspace/files/:name': { params: W & { name: string }; response: Blob };
  'GET /w/:workspace/files/:name/preview': { params: W & { name: string }; response: FilePreview };
  'DELETE /w/:workspace/files/:name': { params: W & { name: string }; response: null };

  'GET /w/:workspace/connections': { params: W; response: ConnectionSummary[] };
  'POST /w/:workspace/connections': {
    params: W;
    body: { title: string; connector: string; scheme: string; config: JsonObject; credentials: JsonObject; rateLimit?: CallRate | null };
    response: ConnectionSummary;
  };
  /** Credentials that are absent stay as they are. */
  'PATCH /w/:workspace/connections/:connection': {
    params: W & { connection: string };
    body: { title?: string; config?: JsonObject; credentials?: JsonObject; rateLimit?: CallRate | null };
    response: ConnectionSummary;
  };
  'DELETE /w/:workspace/connections/:connection': { params: W & { connection: string }; response: null };
  'POST /w/:workspace/connections/:connection/test': {
    params: W & { connection: string };
    response: { ok: boolean; message: string };
  };
  /** Waits and approvals. */
  'GET /w/:workspace/people': { params: W; response: Person[] };
  'GET /w/:workspace/approvals': { params: W; query: { status?: 'open' | 'decided'; run?: string; cursor?: string }; response: Page<Approval> };
  /** Open ones that whoever asks may decide. */
  'GET /w/:workspace/approvals/count': { params: W; response: { open: number } };
  /** 403 for people who are not assigned, 409 when it was decided before. */
  'POST /w/:workspace/approvals/:approval/decide': { params: W & { approval: string }; body: { approved: boolean; comment?: string }; response: Approval };
  /** Ends a wait by hand; with a payload as its signal would. */
  'POST /w/:workspace/runs/:run/end-wait': { params: W & { run: string }; body: { stepKey: string; payload?: Json }; response: null };

  /** Server-sent events; see LiveEvent. */
  'GET /w/:workspace/events': { params: W; response: ReadableStream };
}

export type RouteName = keyof Api;
type Part<R extends RouteName, K extends keyof Call> = Api[R] extends Record<K, infer T> ? T : undefined;
export type ParamsOf<R extends RouteName> = Part<R, 'params'>;
export type QueryOf<R extends RouteName> = Part<R, 'query'>;
export type BodyOf<R extends RouteName> = Part<R, 'body'>;
export type ResponseOf<R extends RouteName> = Api[R]['response'];
