import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** The known failures of an HTTP service. */
export type Fault = keyof typeof faults;

/** A local server that fails in one way, for the length of one test. @returns its origin. */
export async function startFaultServer(fault: Fault): Promise<string> {
  const server = createServer((request, response) => {
    // The body is read first, so that the failure is the answer and not a broken upload.
    request.resume().on('end', () => faults[fault](request, response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Repeats what was sent, as many services do in their error messages: nothing secret of it may reach ours. */
const status = (code: number, headers: Record<string, string> = {}) => (request: IncomingMessage, response: ServerResponse) =>
  void response
    .writeHead(code, { 'content-type': 'application/json', ...headers })
    .end(JSON.stringify({ message: `You sent ${request.url} with ${JSON.stringify(request.headers)}` }));

const faults = {
  401: status(401),
  403: status(403),
  404: status(404),
  409: status(409),
  422: status(422),
  '429 with Retry-After': status(429, { 'retry-after': '7' }),
  500: status(500),
  '503 with Retry-After': status(503, { 'retry-after': '3' }),
  'a body that never ends': (_request: IncomingMessage, response: ServerResponse) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('{"half":');
  },
  'no answer at all': () => undefined,
  'a reset connection': (request: IncomingMessage) => void request.socket.resetAndDestroy(),
  'malformed JSON': (_request: IncomingMessage, response: ServerResponse) =>
    void response.writeHead(200, { 'content-type': 'application/json' }).end('{"orders": [1, 2'),
  'HTML where JSON should be': (_request: IncomingMessage, response: ServerResponse) =>
    void response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><h1>Sign in</h1>'),
};
