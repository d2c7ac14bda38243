import { headerProblem, TerminalError, type HttpClient, type HttpRequest, type HttpResponse } from '@weft/connector-sdk';
import { goesTo } from '@weft/connector-sdk/auth';
import type { Dispatcher } from 'undici';
import { acceptedCodings, CodingError, codingsOf, unpack, type Decode } from './codings.ts';
import type { Dispatchers } from './dispatchers.ts';
import { exchange } from './exchange.ts';
import { networkError } from './network-errors.ts';
import { nextHop, type Hop } from './redirect.ts';
import { RefusedAddress } from './refused-address.ts';
import { tooLarge } from './too-large.ts';

const defaultMaxBytes = 10 * 1024 * 1024;
const defaultMaxRedirects = 5;

/** An origin and a path under it that may be called although its address is private. Matched exactly, segment by segment. */
export interface ExceptedOrigin {
  /** As `URL.origin` writes it: `http://localhost:4100`. */
  origin: string;
  /** `/practice` covers `/practice` and `/practice/…`, not `/practice2`. */
  pathPrefix: string;
}

export function createHttpClient({ dispatchers, exceptOrigins }: {
  dispatchers: () => Promise<Dispatchers>;
  exceptOrigins: readonly ExceptedOrigin[];
}): HttpClient {
  const isExcepted = (url: URL) => exceptOrigins.some((except) => covers(except, url));

  return {
    async request(request) {
      const { signal, maxRedirects = defaultMaxRedirects, maxBytes = defaultMaxBytes } = request;
      let hop: Hop = firstHop(request);
      checkHost(hop.url, request.within);
      let excepted = isExcepted(hop.url);
      const pools = await dispatchers();
      let setCookies: readonly string[] = [];
      for (let redirects = 0; ; redirects += 1) {
        signal.throwIfAborted();
        const { response, next } = await send(hop, excepted ? pools.excepted : pools.guarded(), { signal, maxBytes, follow: maxRedirects > 0 });
        if (response.setCookies?.length) setCookies = [...setCookies, ...response.setCookies];
        if (next === undefined) return { ...response, setCookies };
        if (redirects === maxRedirects) {
          throw new TerminalError(`${hop.url.host} redirected more than ${maxRedirects} times. Use the address that it leads to.`, { kind: 'upstream' });
        }
        checkScheme(next.url);
        checkHost(next.url, request.within, hop.url);
        // An outside server must not lead into an exception: only a call that began in one stays in it.
        excepted = excepted && isExcepted(next.url);
        hop = next;
      }
    },
  };
}

interface SendOptions {
  signal: AbortSignal;
  maxBytes: number;
  /** Whether an answer may lead elsewhere. */
  follow: boolean;
}

/** @returns `next` where the answer leads elsewhere; its body is not read then. */
async function send(hop: Hop, dispatcher: Dispatcher, { signal, maxBytes, follow }: SendOptions): Promise<{ response: HttpResponse; next: Hop | undefined }> {
  let next: Hop | undefined;
  let codings: Decode[] = [];
  try {
    const { status, headers, setCookies, body } = await exchange(dispatcher, hop, {
      signal,
      maxBytes(code, head) {
        next = follow ? nextHop(hop, code, head['location']) : undefined;
        if (next !== undefined) return undefined;
        if (hasNoBody(hop.method, code)) return maxBytes;
        codings = codingsOf(head['content-encoding']);
        // The parser ends a body where its length says.
        if (codings.length === 0 && Number(head['content-length']) > maxBytes) throw tooLarge(maxBytes);
        return maxBytes;
      },
    });
    return {
      response: {
        status,
        headers: asRead(headers, hasNoBody(hop.method, status)),
        setCookies,
        url: hop.url.href,
        method: hop.method,
        body: await unpack(body, codings, maxBytes),
      },
      next,
    };
  } catch (error) {
    throw error instanceof CodingError ? packedWrongly(error, maxBytes) : networkError(error, hop.url.host, signal);
  }
}

function packedWrongly(error: CodingError, maxBytes: number): TerminalError {
  switch (error.code) {
    case 'unknown':
      return new TerminalError(`The answer is compressed as "${error.coding}", which Weft cannot unpack.`, { kind: 'unsupported' });
    case 'too_many':
      return new TerminalError('The answer is compressed too many times over.', { kind: 'contract_violation' });
    case 'too_large':
      return tooLarge(maxBytes);
    case 'broken':
      return new TerminalError('The answer is compressed, but it cannot be unpacked.', { kind: 'contract_violation', cause: error });
  }
}

const hasNoBody = (method: string, status: number): boolean => method === 'HEAD' || status === 204 || status === 304;

/** An unpacked body has neither the coding nor the length that it travelled with. */
function asRead(headers: Record<string, string>, noBody: boolean): Record<string, string> {
  if (noBody || headers['content-encoding'] === undefined) return headers;
  const { 'content-encoding': _coding, 'content-length': _length, ...rest } = headers;
  return rest;
}

function firstHop({ method, url: text, headers, body }: HttpRequest): Hop {
  const url = URL.parse(text);
  if (url === null) {
    throw new TerminalError(`"${shorten(text)}" is not a complete address. It should look like https://api.example.com/orders.`, { kind: 'invalid_input' });
  }
  checkScheme(url);
  if (url.username !== '' || url.password !== '') {
    throw new TerminalError(
      `The address of ${url.host} carries a user name or password. Remove it there and choose a connection instead.`,
      { kind: 'invalid_input' },
    );
  }
  const name = method.toUpperCase();
  if (name === 'CONNECT' || name === 'TRACE') throw new TerminalError(`Weft does not send the method ${name}.`, { kind: 'unsupported' });
  return { method: name, url, headers: outgoingHeaders(headers ?? {}), body };
}

/** Set by the connection itself; passed on from an incoming request they would break or misdirect the outgoing one. */
const connectionHeaders = new Set([
  'connection', 'content-length', 'expect', 'host', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade',
]);

function outgoingHeaders(given: Record<string, string>): Record<string, string> {
  const headers: Record<string, string> = { accept: '*/*', 'accept-encoding': acceptedCodings, 'user-agent': 'Weft' };
  for (const [name, value] of Object.entries(given)) {
    const lower = name.toLowerCase();
    if (connectionHeaders.has(lower)) continue;
    const problem = headerProblem(name, value);
    if (problem !== undefined) {
      throw new TerminalError(`The header “${shorten(name)}” cannot be sent: ${problem}. Nothing was sent.`, { kind: 'invalid_input' });
    }
    headers[lower] = value;
  }
  return headers;
}

function checkScheme(url: URL): void {
  if (url.protocol === 'http:' || url.protocol === 'https:') return;
  throw new RefusedAddress(`Weft calls addresses that begin with http: or https:, not with "${url.protocol}".`);
}

/** @param from - what redirected there. */
function checkHost(url: URL, within: readonly string[] | undefined, from?: URL): void {
  if (within === undefined || goesTo(within, url)) return;
  const where = within.length === 0 ? 'no other computer' : `only ${within.join(', ')}`;
  const why = from === undefined ? `this address goes to ${url.host}` : `${from.host} redirected to ${url.host}`;
  throw new RefusedAddress(`This connector may reach ${where}, and ${why}. Nothing was sent there.`);
}

function covers({ origin, pathPrefix }: ExceptedOrigin, url: URL): boolean {
  const prefix = pathPrefix.replace(/\/+$/, '');
  // An encoded slash or dot could be read as a path of its own by the server behind.
  return url.origin === origin && !/%2[ef]|%5c/i.test(url.pathname) && (url.pathname === prefix || url.pathname.startsWith(`${prefix}/`));
}

function shorten(text: string): string {
  return text.length <= 100 ? text : `${text.slice(0, 99)}…`;
}
