/** One request of a chain of redirects. */
export interface Hop {
  method: string;
  url: URL;
  headers: Record<string, string>;
  body?: string | Uint8Array;
}

/**
 * Headers that may be sent to another origin after a redirect. Any other could be a credential: an API key may sit in a header of any name.
 */
const harmlessHeaders = new Set(['accept', 'accept-encoding', 'accept-language', 'content-type', 'user-agent']);

/**
 * The next request after a redirect, as browsers form it: 303 asks again with GET, as do 301 and 302 after a POST.
 * @returns undefined where the answer is no redirect.
 */
export function nextHop(hop: Hop, status: number, location: string | undefined): Hop | undefined {
  if (![301, 302, 303, 307, 308].includes(status) || location === undefined) return undefined;
  const url = URL.parse(location, hop.url.href);
  if (url === null) return undefined;
  const sameOrigin = url.origin === hop.url.origin;
  const headers = Object.fromEntries(Object.entries(hop.headers).filter(([name]) => sameOrigin || harmlessHeaders.has(name)));
  if (!becomesGet(hop.method, status)) return { ...hop, url, headers };
  const { 'content-type': _type, ...rest } = headers;
  return { method: 'GET', url, headers: rest };
}

function becomesGet(method: string, status: number): boolean {
  return (status === 303 && method !== 'GET' && method !== 'HEAD') || ((status === 301 || status === 302) && method === 'POST');
}
