import type { IncomingMessage, ServerResponse } from 'node:http';
import manifest from '../../package.json' with { type: 'json' };
import { securityHeaders } from './security-headers.ts';

const path = '/api/health';

export const health = () => ({ status: 'ok', version: manifest.version }) as const;

/** Whether a probe asks, which watches over the server. */
export const isProbe = (url: string): boolean => url === path || url.startsWith(`${path}?`);

/** Stands directly on Node's server: a probe asks often, and from the first moment on. */
export function answerProbe({ method }: IncomingMessage, response: ServerResponse, options: { https: boolean }): void {
  const headers = { ...securityHeaders(options), 'cache-control': 'no-store' };
  if (method !== 'GET' && method !== 'HEAD') {
    response.writeHead(405, { ...headers, allow: 'GET, HEAD' }).end();
    return;
  }
  const body = JSON.stringify(health());
  response.writeHead(200, { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  response.end(method === 'GET' ? body : undefined);
}
