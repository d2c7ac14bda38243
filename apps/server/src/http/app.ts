import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { ConnectorError } from '@weft/connector-sdk';
import { QueueFull } from '@weft/engine';
import type { HttpBindings } from '@hono/node-server';
import { getConnInfo } from '@hono/node-server/conninfo';
import { type Context, Hono } from 'hono';
import { compress } from 'hono/compress';
import type { Logger } from 'pino';
import type { ZodType } from 'zod';
import { bodyStream, readJsonBody } from './body.ts';
import type { Workspace } from '@weft/api';
import { allows, type Permission } from './permission.ts';
import { isDiskFull, isLocked } from '../store-trouble.ts';
import { LostValue } from '../blobs/lost-value.ts';
import { problemResponse } from '../problem-response.ts';
import { isAllInUse } from '../open-when-free.ts';
import { Refused, invalid, notFound } from '../refused.ts';
import { Stopped } from '../watchdog/guard.ts';
import type { Actor } from '../identity/actor.ts';
import type { RouteTable } from './route.ts';
import type { Repeats } from '../stores/repeats/repeats.ts';
import { type Act, onlyOnce } from '../stores/audit/act.ts';
import type { OwnAddresses } from './own-addresses.ts';
import { requireOwnHost, requireSameOrigin } from './same-origin.ts';
import { addSecurityHeaders } from './security-headers.ts';

export interface AppParts {
  routes: RouteTable;
  /** Who sent this, by its cookie; the cookies to renew go into `answer`. */
  identify(request: Request, answer: Headers): Promise<Actor | null>;
  /** Null when the user is no member. */
  membership(userId: string, workspaceId: string): Promise<Workspace | null>;
  /** Where the installation is reached from outside. */
  publicUrl: string;
  /** Other names are refused. */
  own: OwnAddresses;
  log: Logger;
  /** Answers a POST that is sent again with the same `Idempotency-Key`. */
  repeats: Repeats;
  /** Whether a proxy of ours stands in front and names the caller's address. Default false. */
  trustProxy?: boolean;
  /** Other things this server answers, by their first path segment: `/hooks`, `/practice`. They set their own policy. */
  mounts?: Record<`/${string}`, Hono>;
  /** The pages of the web app; null when there is no such file. */
  page?: (request: Request, path: string) => Promise<Response | null>;
}

/** A route as the app runs it, when its types have done their work. */
interface AnyRoute {
  policy: 'public' | 'session' | 'administrator' | Permission;
  body?: ZodType | 'stream';
  bodyLimitBytes?: number;
  freeParams?: readonly string[];
  query?: ZodType;
  handler(context: Record<string, unknown>): Promise<unknown>;
}

const apiBase = '/api/v1';
const idPattern = /^[A-Za-z0-9_-]{1,80}$/;

/** The whole server as one Hono app: security headers, the API by its route table, mounts, and the web app's pages. */
export function createApp(parts: AppParts): Hono {
  const { log } = parts;
  const https = parts.publicUrl.startsWith('https:');
  const app = new Hono();

  app.onError((error) => {
    const response = problemResponse(asProblem(error, log));
    addSecurityHeaders(response.headers, { https });
    return response;
  });
  app.use('*', async (c, next) => {
    requireOwnHost(c.req.raw, parts.own);
    await next();
  });
  for (const [path, mounted] of Object.entries(parts.mounts ?? {})) app.route(path, mounted);

  app.use('*', async (c, next) => {
    const requestId = randomUUID();
    const startedAt = performance.now();
    await next();
    c.res.headers.set('x-request-id', requestId);
    addSecurityHeaders(c.res.headers, { https });
    // The path only: a query may carry what a log must not.
    log.debug({ requestId, method: c.req.method, path: c.req.path, status: c.res.status, ms: Math.round(performance.now() - startedAt) }, 'answered');
  });
  app.use('*', compress());

  for (const [name, route] of Object.entries(parts.routes)) {
    // The contract's type: `GET /path`.
    const [method, path] = name.split(' ') as [string, string];
    // The table's types have tied params, body and policy to each handler; here all routes are run alike.
    const run = (c: Context) => answer(c, route as unknown as AnyRoute);
    app.on(method, `${apiBase}${path}`, run);
  }

  app.all('*', async (c) => {
    if (isApi(c.req.path)) {
      // Default deny: a stranger learns nothing about which addresses exist.
      if (!(await parts.identify(c.req.raw, new Headers()))) throw signInFirst();
      throw notFound('This address');
    }
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') throw notFound('This address');
    const page = await parts.page?.(c.req.raw, c.req.path);
    if (!page) throw notFound('This page');
    return page;
  });

  async function answer(c: Context, route: AnyRoute): Promise<Response> {
    const request = c.req.raw;
    const headers = new Headers({ 'cache-control': 'no-store' });
    const disconnect = () => void incomingOf(c)?.socket.destroy();
    const context: Record<string, unknown> = { request, answer: headers, log, address: addressOf(c, parts.trustProxy), disconnect };
    requireSameOrigin(request, parts.own);
    const params = c.req.param();
    if (route.policy !== 'public') {
      const actor = await parts.identify(request, headers);
      if (!actor) throw signInFirst();
      context['actor'] = actor;
      checkParams(params, route.freeParams ?? []);
      if (route.policy === 'administrator') {
        if (!actor.administrator) throw new Refused(403, 'administrator.required', 'Only the owner of this installation may do this.');
      } else if (route.policy !== 'session') {
        const workspace = await parts.membership(actor.user.id, params['workspace'] ?? '');
        if (!workspace) throw notFound('This workspace');
        if (!allows(workspace.role, route.policy)) {
          throw new Refused(403, 'permission.missing', `Your role in this workspace does not include ${route.policy}.`);
        }
        context['workspace'] = workspace;
      }
    }
    context['params'] = params;
    if (route.query) context['query'] = await parse(route.query, Object.fromEntries(new URL(request.url).searchParams), 'The query');
    if (route.body === 'stream') context['body'] = bodyStream(request, incomingOf(c));
    else if (route.body) {
      context['body'] = await parse(route.body, await readJsonBody(request, { limitBytes: route.bodyLimitBytes }), 'The request');
    }
    const work = async (act?: Act) => responseOf(await route.handler({ ...context, act }), headers);
    // The signed-in person was set above; without one the key is not stored.
    const actor = context['actor'] as Actor | undefined;
    if (!actor) return work();
    const key = request.method === 'POST' ? request.headers.get('idempotency-key') : null;
    if (key === null) return work(onlyOnce(actor.user.id));
    return parts.repeats.once({ userId: actor.user.id, key, method: request.method, path: c.req.path, body: context['body'] }, work);
  }

  function responseOf(result: unknown, headers: Headers): Response {
    if (result instanceof Response) {
      for (const [name, value] of headers) {
        if (!result.headers.has(name)) result.headers.append(name, value);
      }
      return result;
    }
    if (result === null || result === undefined) return new Response(null, { status: 204, headers });
    headers.set('content-type', 'application/json');
    return new Response(JSON.stringify(result), { headers });
  }

  return app;
}

/** Anything that could be taken for the API, however it is spelled, gets the API's default answer and never a page. */
function isApi(path: string): boolean {
  let decoded = path;
  try {
    decoded = decodeURIComponent(path);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
  }
  return /^[\\/.]*api(?:[\\/]|$)/i.test(decoded);
}

const signInFirst = () => new Refused(401, 'auth.required', 'Sign in to go on.');

/** @param free - parameters that are no ids; their handler checks them. Everything else in a path is an id or a number. */
function checkParams(params: Record<string, string>, free: readonly string[]): void {
  for (const [name, value] of Object.entries(params)) {
    if (!free.includes(name) && !idPattern.test(value)) throw invalid(`“${name}” in the address is not an id.`);
  }
}

async function parse(schema: ZodType, value: unknown, what: string): Promise<unknown> {
  const result = await schema.safeParseAsync(value);
  if (result.success) return result.data;
  const issues = result.error.issues.map((issue) => ({ path: issue.path.map(String), message: issue.message }));
  throw invalid(`${what} is not as expected: ${issues[0]?.path.join(' › ') || 'body'}: ${(issues[0]?.message ?? 'invalid').replace(/\.$/, '')}.`, issues);
}

function addressOf(c: Context, trustProxy = false): string {
  // The last entry is the one that our own proxy has written; those before it are anybody's to invent.
  const forwarded = trustProxy ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined;
  if (forwarded) return forwarded;
  return incomingOf(c) === undefined ? 'unknown' : (getConnInfo(c).remote.address ?? 'unknown');
}

/** What Node's server was called with; none where the app itself is called. */
const incomingOf = (c: Context): IncomingMessage | undefined => (c.env as Partial<HttpBindings> | undefined)?.incoming;

function asProblem(error: unknown, log: Logger): Refused {
  if (error instanceof Refused) return error;
  if (error instanceof LostValue) return new Refused(404, 'value.lost', error.message, { cause: error });
  if (error instanceof Stopped) return new Refused(422, 'task.stopped', error.message, { cause: error });
  if (error instanceof ConnectorError) {
    const path = 'path' in error && Array.isArray(error.path) ? error.path.map(String) : undefined;
    return new Refused(422, `connector.${error.kind}`, error.message, {
      issues: path && [{ path, message: error.message }],
    });
  }
  if (error instanceof QueueFull) return new Refused(429, 'queue.full', error.message, { headers: { 'retry-after': '30' }, cause: error });
  if (isAllInUse(error)) {
    const headers = { 'retry-after': '5' };
    return new Refused(503, 'server.busy', 'The server has more files and connections open than it may at the moment. Try again in a moment.', { headers, cause: error });
  }
  if (isLocked(error)) {
    const headers = { 'retry-after': '5' };
    return new Refused(503, 'database.locked', 'Another program holds the database of Weft, so nothing was saved. Try again in a moment.', { headers, cause: error });
  }
  const noRoom = isDiskFull(error);
  if (noRoom) log.error({ err: error }, 'the disk is full');
  if (noRoom) return new Refused(507, 'disk.full', 'The disk of the server is full, so nothing was saved. Make room there, then try again.', { cause: error });
  const reference = randomUUID();
  log.error({ err: error, reference }, 'request failed unexpectedly');
  return new Refused(500, 'internal', `Something unexpected happened. The server's log says more under ${reference}.`, { cause: error });
}
