import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:tls';
import { createServer as createNetServer, type AddressInfo, type Server, type Socket } from 'node:net';

export interface Sink {
  origin: string;
  /** How often each idempotency key has been taken with success. */
  taken: Map<string, number>;
  /** By idempotency key, the body it came with first; a second body under one key is a broken promise. */
  bodies: Map<string, Set<string>>;
  close(): Promise<void>;
}

/** A service that counts what reaches it. `answer` may refuse: only what is answered with 2xx counts as taken. */
export async function startSink(answer: (request: IncomingMessage, response: ServerResponse) => void = ok): Promise<Sink> {
  const taken = new Map<string, number>();
  const bodies = new Map<string, Set<string>>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const key = String(request.headers['idempotency-key']);
      const seen = bodies.get(key) ?? new Set();
      bodies.set(key, seen.add(Buffer.concat(chunks).toString()));
      answer(request, response);
      if (response.statusCode < 300) taken.set(key, (taken.get(key) ?? 0) + 1);
    });
  });
  const origin = await listening(server);
  return {
    origin,
    taken,
    bodies,
    close: () => closed(server, () => server.closeAllConnections()),
  };
}

const ok = (_request: IncomingMessage, response: ServerResponse): void =>
  void response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}');

/** Ways in which a connection goes wrong below HTTP. */
export const brokenConnections = {
  'upstream hangs': (socket: Socket) => void socket.resume(),
  'upstream sends its body too slowly': (socket: Socket) => {
    socket.once('data', () => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{');
      const drip = setInterval(() => socket.write(' '), 100);
      socket.once('close', () => clearInterval(drip));
    });
  },
  'upstream closes half-way through its body': (socket: Socket) => {
    socket.once('data', () => void socket.end('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{"half":'));
  },
  'upstream resets the connection': (socket: Socket) => void socket.once('data', () => socket.resetAndDestroy()),
} satisfies Record<string, (socket: Socket) => void>;

/** @returns the origin and what ends it. */
export async function startBroken(behave: (socket: Socket) => void): Promise<{ origin: string; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server = createNetServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
    behave(socket);
  });
  return { origin: await listening(server), close: () => closed(server, () => sockets.forEach((socket) => socket.destroy())) };
}

/** A server whose TLS handshake always fails: it has no certificate. */
export async function startBadTls(): Promise<{ origin: string; close(): Promise<void> }> {
  const server = createTlsServer({});
  server.on('tlsClientError', () => undefined);
  const origin = await listening(server);
  return { origin: origin.replace('http:', 'https:'), close: () => closed(server, () => undefined) };
}

function listening(server: Server): Promise<string> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)));
}

function closed(server: Server, cut: () => void): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    cut();
  });
}
