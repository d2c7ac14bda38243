import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Loopback {
  server: Server;
  port: number;
  origin: string;
  /** What arrived, in order. */
  requests: { method: string; url: string; headers: IncomingMessage['headers']; body: string; socketPort: number }[];
}

/** A real server on this machine for the length of one test. */
export async function listen(answer: RequestListener = (_request, response) => response.end('hello'), host = '127.0.0.1'): Promise<Loopback> {
  const requests: Loopback['requests'] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      requests.push({
        method: request.method ?? '',
        url: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
        socketPort: request.socket.remotePort ?? 0,
      });
      answer(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { server, port, origin: `http://${host}:${port}`, requests };
}
