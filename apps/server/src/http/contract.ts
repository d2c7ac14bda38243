/**
 * The HTTP API under /api/v1 in one place: the server's routes and the web's client are both typed from this table, so
 * neither can drift. Errors are problem+json (RFC 9457) with a stable `code`. Every POST of somebody signed in takes an
 * `Idempotency-Key`: the same key gives the first answer again, for a day. Ids in paths of another workspace answer 404.
 */
import type { AuthScheme, ConnectorDescriptor, OptionItem } from '@weft/connector-sdk';
import type { FlowDocument, OperationRef, Problem } from '@weft/flow';
import type { Answer, JournalEntry, RunError, RunStatus } from '@weft/engine';
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
}

export interface FlowSummary {
  id: string;
  title: string;
  /** Connector ids of the steps in order, for icons. */
  connectors: string[];
  enabled: boolean;
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
}

export interface RunDetail extends RunSummary {
  /** The document this run was made with. */
  document: FlowDocument;
  payload: Json;
  answer: Answer | null;
  /** The journal, redacted; `at` and `retryAt` in milliseconds. Loops may be long: at most 2,000 entries, newest kept per step. */
  entries: JournalEntry[];
  /** True when entries were left out. */
  truncated: boolean;
  files: { name: string; sizeBytes: number }[];
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
  | { type: 'flow'; flowId: string; revision: number; by: string }
  | { type: 'captured'; flowId: string; payload: Json }
  | { type: 'rejected'; flowId: string; rejection: Rejection }
  | { type: 'files' };

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
  /** From nothing, from a document (import: checked, unknown keys dropped), or from a starter with what it needs. */
  'POST /w/:workspace/flows': {
    params: W;
    body: { title: string } | { document: Json } | { starter: string };
    response: FlowDetail;
  };
  'GET /w/:workspace/flows/:flow': { params: F; response: FlowDetail };
  'PATCH /w/:workspace/flows/:flow': { params: F; body: { enabled: boolean }; response: FlowDetail };
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
  'POST /w/:workspace/runs/:run/cancel': { params: W & { run: string }; response: RunSummary };
  /** Starts the same payload again on the flow's published version (live) or the run's own document (test). */
  'POST /w/:workspace/runs/:run/again': { params: W & { run: string }; response: { runId: string } };

  'GET /w/:workspace/files': { params: W; response: { files: FileSummary[]; usedBytes: number; quotaBytes: number } };
  /** The body is the file's bytes. */
  'PUT /w/:workspace/files/:name': { params: W & { name: string }; body: Blob; response: FileSummary };
  'GET /w/:workspace/files/:name': { params: W & { name: string }; response: Blob };
  'GET /w/:workspace/files/:name/preview': { params: W & { name: string }; response: FilePreview };
  'DELETE /w/:workspace/files/:name': { params: W & { name: string }; response: null };

  'GET /w/:workspace/connections': { params: W; response: ConnectionSummary[] };
  'POST /w/:workspace/connections': {
    params: W;
    body: { title: string; connector: string; scheme: string; config: JsonObject; credentials: JsonObject };
    response: ConnectionSummary;
  };
  /** Credentials that are absent stay as they are. */
  'PATCH /w/:workspace/connections/:connection': {
    params: W & { connection: string };
    body: { title?: string; config?: JsonObject; credentials?: JsonObject };
    response: ConnectionSummary;
  };
  'DELETE /w/:workspace/connections/:connection': { params: W & { connection: string }; response: null };
  'POST /w/:workspace/connections/:connection/test': {
    params: W & { connection: string };
    response: { ok: boolean; message: string };
  };
  /** Server-sent events; see LiveEvent. */
  'GET /w/:workspace/events': { params: W; response: ReadableStream };
}

export type RouteName = keyof Api;
type Part<R extends RouteName, K extends keyof Call> = Api[R] extends Record<K, infer T> ? T : undefined;
export type ParamsOf<R extends RouteName> = Part<R, 'params'>;
export type QueryOf<R extends RouteName> = Part<R, 'query'>;
export type BodyOf<R extends RouteName> = Part<R, 'body'>;
export type ResponseOf<R extends RouteName> = Api[R]['response'];
