/**
 * A route is data: its policy, the schemas of what comes in, and a handler. Names and types come from @weft/api, so a
 * route without a policy, with a wrong body, or missing altogether does not compile.
 */
import type { Logger } from 'pino';
import type { ZodType } from 'zod';
import type { BodyStream } from './body.ts';
import type { BodyOf, ParamsOf, QueryOf, ResponseOf, RouteName, Workspace } from '@weft/api';
import type { Actor } from '../identity/actor.ts';
import type { Act } from '../stores/audit/act.ts';
import type { Permission } from './permission.ts';

/**
 * `public`: anybody. `session`: signed in. `administrator`: signed in as owner of the installation.
 * Routes of a workspace name a permission instead; membership is checked first, and no membership answers 404.
 */
export type PolicyOf<R extends RouteName> =
  ParamsOf<R> extends { workspace: string } ? Permission : 'public' | 'session' | 'administrator';

interface Request$<R extends RouteName> {
  /** Checked: ids hold letters, digits, `_` and `-` only; `freeParams` are as they came. */
  params: ParamsOf<R>;
  query: QueryOf<R>;
  body: BodyOf<R> extends Blob ? BodyStream : BodyOf<R>;
  request: Request;
  /** The caller's address as the socket knows it. */
  address: string;
  /** Closes the caller's connection at once, whatever of an answer is still to be sent. */
  disconnect(): void;
  /** Headers of the answer, to append to. */
  answer: Headers;
  log: Logger;
}

export type PublicContext<R extends RouteName> = Request$<R>;

export type GuardedContext<R extends RouteName> = Request$<R> & {
  actor: Actor;
  /** For use cases: who does it, and what belongs to its commit. */
  act: Act;
} & (ParamsOf<R> extends { workspace: string } ? { workspace: Workspace } : unknown);

/** Null answers 204; bytes and streams are returned as a Response. */
type Answered<R extends RouteName> =
  ResponseOf<R> extends Blob | ReadableStream ? Response : ResponseOf<R> | Response;

type Incoming<R extends RouteName> = (BodyOf<R> extends undefined
  ? { body?: undefined }
  : BodyOf<R> extends Blob
    ? { /** Of any size: the handler reads it as it comes. */ body: 'stream' }
    : { body: ZodType<BodyOf<R>>; /** Default 8 MiB. */ bodyLimitBytes?: number }) &
  (QueryOf<R> extends undefined ? { query?: undefined } : { query: ZodType<QueryOf<R>> });

type PublicRoute<R extends RouteName> = Incoming<R> & {
  policy: Extract<PolicyOf<R>, 'public'>;
  handler(context: PublicContext<R>): Promise<Answered<R>>;
};

type GuardedRoute<R extends RouteName> = Incoming<R> & {
  policy: Exclude<PolicyOf<R>, 'public'>;
  /** Parameters that are no ids: the handler checks them. Default none. */
  freeParams?: readonly (keyof ParamsOf<R>)[];
  handler(context: GuardedContext<R>): Promise<Answered<R>>;
};

export type Route<R extends RouteName> = PublicRoute<R> | GuardedRoute<R>;

/** Every route of the contract. */
export type RouteTable = { [R in RouteName]: Route<R> };

/**
 * The routes of one noun.
 * @example
 * defineRoutes({ 'GET /me': { policy: 'session', handler: async ({ actor }) => meOf(actor) } })
 */
export function defineRoutes<R extends RouteName>(routes: { [K in R]: Route<K> }): { [K in R]: Route<K> } {
  return routes;
}
