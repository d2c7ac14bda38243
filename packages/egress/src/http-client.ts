import { TerminalError, type HttpClient, type HttpRequest, type HttpResponse } from '@weft/connector-sdk';
import type { Dispatcher } from 'undici';
import type { Dispatchers } from './dispatchers.ts';
import { networkError } from './network-errors.ts';
import { acceptedCodings, readBody } from './read-body.ts';
import { nextHop, type Hop } from './redirect.ts';
import { RefusedAddress } from './refused-address.ts';

const defaultMaxBytes = 10 * 1024 * 1024;
const defaultMaxRedirects = 5;

/** An origin and a path under it that may be called although its address is private. Matched exactly, segment by segment. */
export interface ExceptedOrigin {
  /** As `URL.origin` writes it: `http://localhost:4100`. */
  origin: string;
  /** `/practice` covers `/practice` and `/practice/…`, not `/practice2`. */
  pathPrefix: string;
}

export function createHttpClient({ dispatchers, exceptOrigins }: { dispatchers: () => Promise<Dispatchers>; exceptOrigins: readonly ExceptedOrigin[] }): HttpClient {
  const isExcepted = (url: URL) => exceptOrigins.some((except) => covers(except, url));

  return {
    async request(request) {
      const { signal, maxRedirects = defaultMaxRedirects, maxBytes = defaultMaxBytes } = request;
      let hop: Hop = firstHop(request);
      let excepted = isExcepted(hop.url);
      const pools = await dispatchers();
      for (let redirects = 0; ; redirects += 1) {
        signal.throwIfAborted();
        const { answer, headers } = await send(hop, excepted ? pools.excepted : pools.guarded(), signal);
        const next = maxRedirects === 0 ? undefined : nextHop(hop, answer.statusCode, headers['location']);
        if (next === undefined) return finish(hop, answer, headers, maxBytes, signal);
        await answer.body.dump();
        if (redirects === maxRedirects) {
          throw new TerminalError(`${hop.url.host} redirected more than ${maxRedirects} times. Use the address that it leads to.`, { kind: 'upstream' });
        }
        checkScheme(next.url);
        // An outside server must not lead into an exception: only a call that began in one stays in it.
        excepted = excepted && isExcepted(next.url);
        hop = next;
      }
    },
  };
}

async function send(hop: Hop, dispatcher: Dispatcher, signal: AbortSignal): Promise<{ answer: Dispatcher.ResponseData; headers: Record<string, string> }> {
  const { method, url, headers, body } = hop;
  try {
    const answer = await dispatcher.request({
      origin: url.origin,
      path: `${url.pathname}${url.search}`,
      // undici types the method as the common ones; it accepts and validates any token.
      method: method as Dispatcher.HttpMethod,
      headers,
      body: body ?? null,
      signal,
    });
    return { answer, headers: flatHeaders(answer.headers) };
  } catch (error) {
    throw networkError(error, url.host, signal);
  }
}

async function finish(hop: Hop, answer: Dispatcher.ResponseData, headers: Record<string, string>, maxBytes: number, signal: AbortSignal): Promise<HttpResponse> {
  try {
    const noBody = hop.method === 'HEAD' || answer.statusCode === 204 || answer.statusCode === 304;
    const body = noBody ? new Uint8Array(await answer.body.arrayBuffer()) : await readBody(answer.body, headers, maxBytes);
    const { 'content-encoding': coding, 'content-length': length, ...rest } = headers;
    const decoded = coding !== undefined && !noBody;
    return {
      status: answer.statusCode,
      headers: decoded ? rest : { ...rest, ...(coding === undefined ? {} : { 'content-encoding': coding }), ...(length === undefined ? {} : { 'content-length': length }) },
      url: hop.url.href,
      body,
    };
  } catch (error) {
    throw networkError(error, hop.url.host, signal);
  }
}

function firstHop({ method, url: text, headers, body }: HttpRequest): Hop {
  const url = URL.parse(text);
  if (url === null) throw new TerminalError(`"${shorten(text)}" is not a complete address. It should look like https://api.example.com/orders.`, { kind: 'invalid_input' });
  checkScheme(url);
  if (url.username !== '' || url.password !== '') {
    throw new TerminalError(`The address of ${url.host} carries a user name or password. Remove it there and choose a connection instead.`, { kind: 'invalid_input' });
  }
  const name = method.toUpperCase();
  if (name === 'CONNECT' || name === 'TRACE') throw new TerminalError(`Weft does not send the method ${name}.`, { kind: 'unsupported' });
  return { method: name, url, headers: outgoingHeaders(headers ?? {}), ...(body === undefined ? {} : { body }) };
}

/** Set by the connection itself; passed on from an incoming request they would break or misdirect the outgoing one. */
const connectionHeaders = new Set(['connection', 'content-length', 'expect', 'host', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade']);

function outgoingHeaders(given: Record<string, string>): Record<string, string> {
  const headers: Record<string, string> = { accept: '*/*', 'accept-encoding': acceptedCodings, 'user-agent': 'Weft' };
  for (const [name, value] of Object.entries(given)) {
    const lower = name.toLowerCase();
    if (!connectionHeaders.has(lower)) headers[lower] = value;
  }
  return headers;
}

function checkScheme(url: URL): void {
  if (url.protocol === 'http:' || url.protocol === 'https:') return;
  throw new RefusedAddress(`Weft calls addresses that begin with http: or https:, not with "${url.protocol}".`);
}

function covers({ origin, pathPrefix }: ExceptedOrigin, url: URL): boolean {
  const prefix = pathPrefix.replace(/\/+$/, '');
  // An encoded slash or dot could be read as a path of its own by the server behind.
  return url.origin === origin && !/%2[ef]|%5c/i.test(url.pathname) && (url.pathname === prefix || url.pathname.startsWith(`${prefix}/`));
}

function flatHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}

function shorten(text: string): string {
  return text.length <= 100 ? text : `${text.slice(0, 99)}…`;
}
