import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterEach, describe, expect, test } from 'vitest';
import { bodyStream } from './body.ts';

let server: Server | undefined;
afterEach(() => server?.close());

/** What `read` makes of a body that was sent to it. */
async function sent<T>(body: Buffer, read: (incoming: IncomingMessage) => Promise<T>): Promise<T> {
  const came = Promise.withResolvers<IncomingMessage>();
  server = createServer((incoming, response) => {
    came.resolve(incoming);
    incoming.once('end', () => response.end());
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const sender = request({ port: (server.address() as AddressInfo).port, method: 'PUT' });
  // It is cut off at the end, whatever is left of the body.
  sender.on('error', () => undefined);
  sender.end(body);
  const result = await read(await came.promise);
  sender.destroy();
  return result;
}

const put = (headers: Record<string, string> = {}) => new Request('http://weft.example/', { method: 'PUT', headers });

describe('a body of any size', () => {
  test('comes whole, and its memory is given back as it is read', async () => {
    const body = Buffer.from(Array.from({ length: 3_000_000 }, (_, index) => index % 251));
    const { received, kept } = await sent(body, async (incoming) => {
      const chunks: Uint8Array[] = [];
      const copies: Buffer[] = [];
      for await (const chunk of bodyStream(put(), incoming).chunks) {
        copies.push(Buffer.from(chunk));
        chunks.push(chunk);
      }
      return { received: Buffer.concat(copies), kept: chunks.reduce((total, { byteLength }) => total + byteLength, 0) };
    });
    expect(received.equals(body)).toBe(true);
    expect(kept).toBe(0);
  });

  test('leaves memory alone that is also that of others', async () => {
    const shared = new Uint8Array(64).fill(7);
    const incoming = Readable.from([Buffer.from(shared.buffer, 0, 32), Buffer.from(shared.buffer, 32)]) as IncomingMessage;
    for await (const chunk of bodyStream(put(), incoming).chunks) expect(chunk[0]).toBe(7);
    expect(shared).toHaveLength(64);
  });

  test('that is left alone in the middle leaves the connection to the answer', async () => {
    const destroyed = await sent(Buffer.alloc(5_000_000), async (incoming) => {
      for await (const chunk of bodyStream(put(), incoming).chunks) if (chunk.byteLength > 0) break;
      return incoming.destroyed;
    });
    expect(destroyed).toBe(false);
  });

  test('whose sender leaves is a problem of the sender, not of the server', async () => {
    const came = Promise.withResolvers<IncomingMessage>();
    server = createServer((incoming) => came.resolve(incoming));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const sender = request({ port: (server.address() as AddressInfo).port, method: 'PUT', headers: { 'content-length': 1_000 } });
    sender.on('error', () => undefined);
    sender.write(Buffer.alloc(10));
    const incoming = await came.promise;
    sender.destroy();
    await expect(buffer(bodyStream(put(), incoming).chunks)).rejects.toMatchObject({ status: 400, code: 'content.incomplete' });
  });

  test('is announced by its length, or not', () => {
    expect(bodyStream(put({ 'content-length': '12' }), undefined).announcedBytes).toBe(12);
    expect(bodyStream(put(), undefined).announcedBytes).toBeNull();
  });
});
