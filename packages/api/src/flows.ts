import type { CallableFlow, FlowDocument, Problem } from '@weft/flow';
import type { RunError } from '@weft/engine';
import type { RunStatus } from './run-status.ts';
import type { Json, JsonObject, JsonSchema } from '@weft/json-schema';
import type { F, Page, Timestamp, W } from './shared.ts';

/** What the list shows of a flow's runs. */
export interface FlowActivity {
  lastRun: { id: string; status: RunStatus; startedAt: Timestamp } | null;
  /** Live runs of the last seven days, oldest day first. */
  week: { succeeded: number; failed: number }[];
}

export interface FlowSummary extends FlowActivity {
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
  /** Why its schedule or its source could not start anything the last time, redacted; null while all is well. */
  triggerError: string | null;
}

/** A flow by its name. */
export interface FlowTitle {
  id: string;
  title: string;
}

/** A flow that another one may call. `published`: the version that is called; null before the first publishing. */
export type FlowChoice = FlowTitle & Pick<CallableFlow, 'published' | 'enabled'>;

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

/** Something that did not come along with an imported document. */
export interface ImportLoss {
  /**
   * `connection`: of another workspace, to be chosen anew. `flow`: one that is called and is not here. `people`: asked, and not members
   * here. `unknown`: a key that no flow of this version has.
   */
  what: 'connection' | 'flow' | 'people' | 'unknown';
  stepId?: string;
  /** Title of the step. */
  step?: string;
  /** Of an unknown key: where it stood, in the step or in the document. */
  path?: string[];
}

export interface CreatedFlow extends FlowDetail {
  /** Of an import, what did not come along, in the order of the document; at most 20 unknown keys. Empty where nothing was lost. */
  dropped: ImportLoss[];
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

export interface Rejection {
  id: string;
  at: Timestamp;
  /** `malformed_json`, `too_large`, `not_published`, `switched_off` … */
  reason: string;
  message: string;
  /** The first kilobyte of the body, as text. */
  excerpt: string;
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

/** Flows: drafts, versions, what is wrong with them, and trying them. */
export interface FlowRoutes {
  /** Cancels every run of the flow that waits in the queue. */
  'DELETE /w/:workspace/flows/:flow/queue': { params: F; response: { cancelled: number } };
  'GET /starters': { response: StarterSummary[] };
  /** The one that changed last first. `search` is looked for in titles. */
  'GET /w/:workspace/flows': { params: W; query: { search?: string; connector?: string; cursor?: string }; response: Page<FlowSummary> };
  /** Flows that another one can call, in the order of their titles; at most 50. `search` is looked for in titles. */
  'GET /w/:workspace/callable-flows': { params: W; query: { search?: string }; response: FlowChoice[] };
  /** The flows of these ids (with commas between) and all that they end up calling: what they take and answer. Unknown ones are left out. */
  'GET /w/:workspace/called-flows': { params: W; query: { ids: string }; response: CallableFlow[] };
  /** Flows that call this one: they would fail without it. */
  'GET /w/:workspace/flows/:flow/callers': { params: F; response: FlowTitle[] };
  /** From nothing, from a document (import: what does not come along is in the answer), or from a starter with what it needs. */
  'POST /w/:workspace/flows': {
    params: W;
    body: { title: string } | { document: Json } | { starter: string };
    response: CreatedFlow;
  };
  'GET /w/:workspace/flows/:flow': { params: F; response: FlowDetail };
  'PATCH /w/:workspace/flows/:flow': { params: F; body: { enabled?: boolean; paused?: boolean }; response: FlowDetail };
  'DELETE /w/:workspace/flows/:flow': { params: F; response: null };
  /** If-Match: the revision it was made from. 412 `flow.stale` with `current` when somebody else saved first. */
  'PUT /w/:workspace/flows/:flow/draft': { params: F; body: FlowDocument; response: { revision: number } };
  'POST /w/:workspace/flows/:flow/duplicate': { params: F; response: CreatedFlow };
  /** Without samples, made-up values of their shape stand in their place. */
  'GET /w/:workspace/flows/:flow/export': { params: F; query: { samples: 'true' | 'false' }; response: FlowDocument };
  /** 422 `flow.problems` when errors are left. */
  'POST /w/:workspace/flows/:flow/publish': { params: F; body: { note?: string; revision: number }; response: FlowDetail };
  'GET /w/:workspace/flows/:flow/problems': { params: F; response: Omit<Problem, 'fixes'>[] };
  'GET /w/:workspace/flows/:flow/versions': { params: F; response: FlowVersion[] };
  'GET /w/:workspace/flows/:flow/versions/:number': { params: F & { number: string }; response: FlowDocument };
  /** Makes an old version the draft. */
  'POST /w/:workspace/flows/:flow/versions/:number/restore': { params: F & { number: string }; response: FlowDetail };
  'GET /w/:workspace/flows/:flow/rejections': { params: F; response: Rejection[] };
  /** The next call to the flow's webhook becomes a `captured` event, for five minutes; where the flow is published and on, it runs as well. */
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
}
