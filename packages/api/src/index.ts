/**
 * The HTTP API under /api/v1 in one table: the server's routes and the web's client are both typed from it, so
 * neither can drift. Each noun of it, its data and its routes, is a file here. Errors are problem+json (RFC 9457)
 * with a stable `code`. Every POST of somebody signed in takes an `Idempotency-Key`: the same key gives the first answer
 * again, for a day. Ids in paths of another workspace answer 404.
 */
import type { SchemaIssue } from '@weft/json-schema';
import type { InstallationRoutes } from './installation.ts';
import type { PeopleRoutes } from './people.ts';
import type { ConnectionRoutes } from './connections.ts';
import type { FlowDetail, FlowRoutes } from './flows.ts';
import type { TriggerRoutes } from './triggers.ts';
import type { RunRoutes } from './runs.ts';
import type { StreamRoutes } from './streams.ts';
import type { ReplayRoutes } from './replays.ts';
import type { ApprovalRoutes } from './approvals.ts';
import type { FileRoutes } from './files.ts';
import type { LiveRoutes } from './live-event.ts';

export { type RunStatus, runStatuses } from './run-status.ts';
export type * from './shared.ts';
export type * from './installation.ts';
export type * from './people.ts';
export type * from './connections.ts';
export type * from './flows.ts';
export type * from './triggers.ts';
export type * from './runs.ts';
export type * from './streams.ts';
export type * from './replays.ts';
export type * from './approvals.ts';
export type * from './files.ts';
export type * from './live-event.ts';

/** What is wrong with one field of a request's body. */
export interface FieldIssue {
  path: string[];
  /** In English. */
  message: string;
  /** `message`, as what it can be said by in another language; absent in the server's own sentences. */
  sentence?: SchemaIssue['sentence'];
}

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
  issues?: FieldIssue[];
  /** With `flow.stale`: the draft as it is now. */
  current?: FlowDetail;
}

interface Call {
  params?: unknown;
  query?: unknown;
  body?: unknown;
  response: unknown;
}

/** Every route: `METHOD /path` → what goes in and what comes out. Bodies are JSON unless noted. */
export interface Api
  extends InstallationRoutes,
    PeopleRoutes,
    ConnectionRoutes,
    FlowRoutes,
    TriggerRoutes,
    RunRoutes,
    StreamRoutes,
    ReplayRoutes,
    ApprovalRoutes,
    FileRoutes,
    LiveRoutes {}

export type RouteName = keyof Api;
type Part<R extends RouteName, K extends keyof Call> = Api[R] extends Record<K, infer T> ? T : undefined;
export type ParamsOf<R extends RouteName> = Part<R, 'params'>;
export type QueryOf<R extends RouteName> = Part<R, 'query'>;
export type BodyOf<R extends RouteName> = Part<R, 'body'>;
export type ResponseOf<R extends RouteName> = Api[R]['response'];
