/** Headers that a flow may not set, by what they would speak for. A name that ends in `-` stands for all that begin so. */
const refused = {
  /** The whole origin of the product, beyond this answer: cookies, sign-in, storage, what browsers keep, load ahead or report. */
  origin: [
    'set-', 'clear-site-data', 'service-worker-', 'strict-transport-security', 'public-key-pins', 'public-key-pins-', 'expect-ct', 'expect-staple',
    'alt-svc', 'nel', 'report-to', 'reporting-endpoints', 'origin-agent-cluster', 'origin-trial', 'accept-ch', 'accept-ch-', 'critical-ch',
    'use-as-dictionary', 'available-dictionary', 'dictionary-id', 'speculation-rules', 'supports-loading-mode', 'attribution-reporting-',
    'observe-browsing-topics', 'activate-storage-access', 'idp-', 'sec-',
  ],
  /** What this answer is to a browser: it is inert, whatever the flow says. */
  inertness: [
    'content-security-policy', 'content-security-policy-', 'x-content-security-policy', 'x-webkit-csp', 'x-content-type-options', 'x-frame-options',
    'x-xss-protection', 'x-permitted-cross-domain-policies', 'x-download-options', 'refresh', 'access-control-allow-credentials',
  ],
  /** Who somebody is: the browser would ask for a password on our behalf. */
  identity: ['www-authenticate', 'proxy-', 'authentication-info', 'authentication-control', 'optional-www-authenticate'],
  /** A proxy or a cache in front, which obeys what we send: files of the machine, other servers, other lifetimes. */
  proxy: [
    'x-accel-', 'x-sendfile', 'x-sendfile-', 'x-lighttpd-', 'x-reproxy-', 'x-litespeed-', 'x-proxy-', 'x-varnish-', 'surrogate-', 'edge-', 'cdn-',
    'cloudflare-', 'akamai-', 'fastly-', 'netlify-', 'vercel-',
  ],
};

/** Headers that Node sets itself for the body it sends. A flow that passes on all headers of another answer loses nothing without them. */
const connectionHeaders = new Set([
  'content-encoding', 'content-length', 'transfer-encoding', 'connection', 'keep-alive', 'upgrade', 'trailer', 'te', 'http2-settings',
]);

const names = Object.values(refused).flat();
const exact = new Set(names.filter((name) => !name.endsWith('-')));
const beginnings = names.filter((name) => name.endsWith('-'));

type Verdict = 'sent' | 'refused' | 'connection';

/** The same few names come again and again; flows can make up others. */
const known = new Map<string, Verdict>();
const maxKnown = 1_000;

/** @param name - in lower case. */
export function verdictOn(name: string): Verdict {
  let verdict = known.get(name);
  if (verdict !== undefined) return verdict;
  verdict = connectionHeaders.has(name) ? 'connection' : exact.has(name) || beginnings.some((beginning) => name.startsWith(beginning)) ? 'refused' : 'sent';
  if (known.size >= maxKnown) known.clear();
  known.set(name, verdict);
  return verdict;
}
