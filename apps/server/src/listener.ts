import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { isLongBody } from './http/long-bodies.ts';
import { mostConnections } from './most-connections.ts';
import { StartRefused } from './start-refused.ts';

export interface Listener {
  port: number;
  /** Takes no new connections. */
  refuse(): void;
  /** Resolves when the last connection is gone; those that linger are cut off. */
  end(): Promise<void>;
}

/** Between two looks at bodies that are on their way. */
const lookMs = 15_000;
/** What has to come of a body between two looks: 1 kB a second. */
const minBytesPerLook = 15 << 10;
/** A whole body has come after so many looks, 5 minutes, unless its route says that it may take long. */
const maxLooks = 20;

const tooSlow =
  'HTTP/1.1 408 Request Timeout\r\ncontent-type: text/plain; charset=utf-8\r\nconnection: close\r\n\r\n'
  + 'What was sent came too slowly, so it was not taken. Send it again.\n';

/**
 * The server's door. Nobody holds it open for nothing:
 *
 * L1 Connections take at most a part of what this process may open: files, databases and calls to others have the rest. Where they are all
 *    taken, one on which nothing was ever sent gives way, the oldest first.
 * L2 A body has to come, all of it in five minutes or, where it may be large, steadily. Nobody is blamed for a server that does not read.
 *
 * @param most - connections at once. Default: what the system allows.
 */
export async function listen(handle: RequestListener, host: string, port: number, most = mostConnections()): Promise<Listener> {
  const server = createServer({ headersTimeout: 30_000, requestTimeout: 0 }, handle);
  server.maxConnections = most;
  const open = new Map<Socket, ServerResponse | undefined>();
  const looked = new WeakMap<ServerResponse, { looks: number; bytesRead: number }>();

  /** L1 */
  function makeRoom(): void {
    for (const socket of open.keys()) {
      if (socket.bytesRead > 0) continue;
      open.delete(socket);
      socket.destroy();
      return;
    }
    // Then those that are kept for another request, which may be on its way.
    server.closeIdleConnections();
  }

  /** L2 */
  function look(socket: Socket, response: ServerResponse): void {
    const request = response.req;
    if (request.complete || response.writableEnded) return;
    const { bytesRead } = socket;
    const before = looked.get(response) ?? { looks: 0, bytesRead: 0 };
    const isWaiting = request.readableLength >= request.readableHighWaterMark;
    const looks = before.looks + 1;
    looked.set(response, { looks, bytesRead });
    const stalls = looks > 1 && !isWaiting && bytesRead - before.bytesRead < minBytesPerLook;
    if (!stalls && (looks <= maxLooks || isLongBody(request))) return;
    if (!response.headersSent) socket.write(tooSlow);
    socket.destroySoon();
  }

  server.on('connection', (socket) => {
    open.set(socket, undefined);
    socket.once('close', () => open.delete(socket));
    if (open.size >= most) makeRoom();
  });
  server.on('request', (_request, response) => void open.set(response.req.socket, response));
  const looking = setInterval(() => {
    for (const [socket, response] of open) if (response) look(socket, response);
  }, lookMs);
  await new Promise<void>((listening, failed) => {
    server.once('error', (error: NodeJS.ErrnoException) => failed(listenProblem(error, host, port)));
    server.listen(port, host, listening);
  }).catch((error: unknown) => {
    clearInterval(looking);
    throw error;
  });
  // A listening TCP server has an address with a port.
  const address = server.address() as AddressInfo;
  const closed = new Promise<void>((done) => {
    server.once('close', done);
  });
  const refuse = () => {
    if (server.listening) server.close();
    server.closeIdleConnections();
  };
  return {
    port: address.port,
    refuse,
    end() {
      refuse();
      clearInterval(looking);
      setTimeout(() => server.closeAllConnections(), 500).unref();
      return closed;
    },
  };
}

function listenProblem(error: NodeJS.ErrnoException, host: string, port: number): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new StartRefused(`Port ${port} is in use by another program. Stop that one, or choose another port: PORT=${port + 1} npm start.`);
    case 'EACCES':
      return new StartRefused(`This user may not listen on port ${port}. Choose one above 1023, such as PORT=4100.`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new StartRefused(`HOST is “${host}”, which is no address of this machine. Use 127.0.0.1, or 0.0.0.0 for all of them.`);
    default:
      return error;
  }
}
