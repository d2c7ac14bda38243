import type { BodyOf, ParamsOf, ProblemDetails, QueryOf, ResponseOf, RouteName } from '@weft/api';
import { i18n } from '../locales/i18n.ts';
import { ApiError } from './api-error.ts';
import { connection } from './connection.ts';
import { session } from './session-events.ts';

type Part<K extends string, T> = [T] extends [undefined] ? { [key in K]?: undefined } : Record<never, never> extends T ? { [key in K]?: T } : { [key in K]: T };

/** What a route needs; each part only where the contract names it. */
export type CallOptions<R extends RouteName> = Part<'params', ParamsOf<R>> &
  Part<'query', QueryOf<R>> &
  Part<'body', BodyOf<R>> & { headers?: Record<string, string>; signal?: AbortSignal };

type Arguments<R extends RouteName> = Record<never, never> extends CallOptions<R> ? [options?: CallOptions<R>] : [options: CallOptions<R>];

/**
 * Calls one route of the contract.
 * @example const flow = await call('GET /w/:workspace/flows/:flow', { params: { workspace, flow } });
 * @throws {ApiError} for every answer that is not 2xx, and when no answer came.
 */
export async function call<R extends RouteName>(route: R, ...[options]: Arguments<R>): Promise<ResponseOf<R>> {
  // What each route takes is checked where it is called; here every route is the same.
  const { params, query, body, headers, signal } = (options ?? {}) as LooseOptions;
  const method = route.slice(0, route.indexOf(' '));
  const raw = body instanceof Blob;
  const response = await send(urlOf(route, params, query), {
    method,
    signal,
    headers: { accept: 'application/json', ...(body !== undefined && !raw && { 'content-type': 'application/json' }), ...headers },
    body: body === undefined ? undefined : raw ? body : JSON.stringify(body),
  });
  if (!response.ok) throw await refused(route, response);
  // The contract types the answer; the server is held to it by its own types.
  if (response.status === 204) return null as ResponseOf<R>;
  const type = response.headers.get('content-type') ?? '';
  return (type.includes('json') ? await response.json() : await response.blob()) as ResponseOf<R>;
}

/** The address of a route, for links and event streams. */
export function urlOf(route: RouteName, params: Record<string, string> = {}, query: Record<string, string | undefined> = {}): string {
  const path = route.slice(route.indexOf(' ') + 1).replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const search = new URLSearchParams(Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''));
  return `/api/v1${path}${search.size > 0 ? `?${search}` : ''}`;
}

interface LooseOptions {
  params?: Record<string, string>;
  query?: Record<string, string | undefined>;
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    const response = await fetch(url, init);
    // A proxy in front of a server that is starting again answers with these.
    if (response.status === 502 || response.status === 503 || response.status === 504) connection.lost();
    else connection.back();
    return response;
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    connection.lost();
    throw new ApiError(
      { type: 'about:blank', title: i18n.t('api:lost.title'), status: 0, code: 'connection.lost', detail: i18n.t('api:lost.detail') },
      { cause },
    );
  }
}

async function refused(route: RouteName, response: Response): Promise<ApiError> {
  const problem = await problemOf(response);
  if (response.status === 401 && !route.endsWith(' /session') && route !== 'POST /me/password') session.ended();
  return new ApiError(problem);
}

/** Whatever a refused request answers, also when something in between answered with a page of its own. */
export async function problemOf(response: Response): Promise<ProblemDetails> {
  const text = await response.text();
  try {
    const problem: unknown = JSON.parse(text);
    // What has a code and words is one of ours: others answer with a page.
    if (typeof problem === 'object' && problem !== null && 'code' in problem && 'detail' in problem) return problem as ProblemDetails;
    return unknownProblem(response.status, undefined);
  } catch (cause) {
    return unknownProblem(response.status, cause);
  }
}

function unknownProblem(status: number, cause: unknown): ProblemDetails {
  if (cause !== undefined && !(cause instanceof SyntaxError)) throw cause;
  const known = i18n.exists(`api:status.${status}`) ? i18n.t(`api:status.${status}`) : i18n.t('api:status.other', { status });
  return { type: 'about:blank', title: known, status, code: `http.${status}`, detail: known };
}
