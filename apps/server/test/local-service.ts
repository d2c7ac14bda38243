import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface ReceivedCall {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
  bytes: Buffer;
}

export interface LocalService {
  url: string;
  /** For the setting "private networks Weft may call". */
  hostAndPort: string;
  calls: ReceivedCall[];
  close(): Promise<void>;
}

/** Somebody else's service on loopback, that answers as the test says. */
export async function startService(answer: (call: ReceivedCall, response: ServerResponse, count: number) => void): Promise<LocalService> {
  const calls: ReceivedCall[] = [];
  const server = createServer(async (request, response) => {
    const bytes = await buffer(request);
    const call = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body: bytes.toString(), bytes };
    answer(call, response, calls.push(call));
  });
  await new Promise<void>((listening) => void server.listen(0, '127.0.0.1', listening));
  // A listening TCP server has an address with a port.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    hostAndPort: `127.0.0.1:${port}`,
    calls,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
