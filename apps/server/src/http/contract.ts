/**
 * The HTTP API under /api/v1 in one table: the server's routes and the web's client are both typed from it, so
 * neither can drift. Each noun of it, its data and its routes, is a file of contract/. Errors are problem+json (RFC 9457)
 * with a stable `code`. Every POST of somebody signed in takes an `Idempotency-Key`: the same key gives the first answer
 * again, for a day. Ids in paths of another workspace answer 404.
 */
import type { InstallationRoutes } from './contract/installation.ts';
import type { PeopleRoutes } from './contract/people.ts';
import type { ConnectionRoutes } from './contract/connections.ts';
import type { FlowDetail, FlowRoutes } from './contract/flows.ts';
import type { TriggerRoutes } from './contract/triggers.ts';
import type { RunRoutes } from './contract/runs.ts';
import type { StreamRoutes } from './contract/streams.ts';
import type { ReplayRoutes } from './contract/replays.ts';
import type { ApprovalRoutes } from './contract/approvals.ts';
import type { FileRoutes } from './contract/files.ts';
import type { LiveRoutes } from './contract/live-event.ts';

export type * from './contract/shared.ts';
export type * from './contract/installation.ts';
export type * from './contract/people.ts';
export type * from './contract/connections.ts';
export type * from './contract/flows.ts';
export type * from './contract/triggers.ts';
export type * from './contract/runs.ts';
export type * from './contract/streams.ts';
export type * from './contract/replays.ts';
export type * from './contract/approvals.ts';
export type * from './contract/files.ts';
export type * from './contract/live-event.ts';

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
