import { once } from 'node:events';
import type { IncomingMessage, RequestListener } from 'node:http';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { mayTakeLong } from './http/long-bodies.ts';
import { listen } from './listener.ts';
import { mostConnections } from './most-connections.ts';

const undo: (() => unknown)[] = [];
beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
afterEach(async () => {
  for (const step of undo.splice(0).toReversed()) await step();
  vi.useRealTimers();
});

let latest: IncomingMessage | undefined;

async function opened(handle: RequestListener, most?: number): Promise<() => Promise<Socket>> {
  latest = undefined;
  const listener = await listen((request, response) => {
    latest = request;
    handle(request, response);
  }, '127.0.0.1', 0, most);
  undo.push(() => listener.end());
  return async () => {
    const socket = connect(listener.port, '127.0.0.1');
    undo.push(() => socket.destroy());
    // What is refused is read by the test.
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    return socket;
  };
}

const reading: RequestListener = (request, response) => void text(request).then((body) => response.end(String(body.length)), () => response.destroy());
const post = (sizeBytes: number): string => `POST / HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: ${sizeBytes}\r\n\r\n`;
const all = (socket: Socket): Promise<string> => text(socket);
const seconds = (count: number): unknown => vi.advanceTimersByTime(count * 1_000);
/** Until what was written on the socket has come to the server. */
const arrived = (socket: Socket) => expect.poll(() => latest?.socket.bytesRead).toBe(socket.bytesWritten);

describe('a body', () => {
  test('that does not come is refused, and the connection is free again', async () => {
    const socket = await (await opened(reading))();
    socket.write(`${post(100_000)}some of it`);
    const answer = all(socket);
    await arrived(socket);
    seconds(30);
    expect(await answer).toMatch(/^HTTP\/1\.1 408 .*came too slowly/s);
  });

  test('that comes drop by drop has five minutes', async () => {
    const socket = await (await opened(reading))();
    socket.write(post(10_000_000));
    const answer = all(socket);
    for (let look = 0; look < 20; look += 1) {
      socket.write('x'.repeat(20_000));
      await arrived(socket);
      seconds(15);
    }
    expect(socket.writable).toBe(true);
    socket.write('x'.repeat(20_000));
    await arrived(socket);
    seconds(15);
    expect(await answer).toMatch(/^HTTP\/1\.1 408/);
  });

  test('that may be large takes as long as it comes', async () => {
    const uploading: RequestListener = (request, response) => {
      mayTakeLong(request);
      reading(request, response);
    };
    const socket = await (await opened(uploading))();
    socket.write(post(25 * 20_000));
    const answer = all(socket);
    for (let look = 0; look < 25; look += 1) {
      socket.write('x'.repeat(20_000));
      await arrived(socket);
      seconds(15);
    }
    expect(await answer).toMatch(/200 OK.*500000$/s);
  });

  test('that the server does not read yet is not taken for slow', async () => {
    const go = Promise.withResolvers<void>();
    const waiting: RequestListener = (request, response) => void go.promise.then(() => reading(request, response));
    const socket = await (await opened(waiting))();
    socket.write(post(1_000_000) + 'x'.repeat(1_000_000));
    const answer = all(socket);
    await expect.poll(() => latest && latest.readableLength >= latest.readableHighWaterMark).toBe(true);
    seconds(120);
    go.resolve();
    expect(await answer).toMatch(/200 OK.*1000000$/s);
  });
});

test('where all places are taken, connections on which nothing was sent give way to the next one', async () => {
  const connection = await opened(reading, 20);
  const talking = await connection();
  talking.write(post(10));
  await arrived(talking);
  const silent: Socket[] = [];
  for (let count = 0; count < 60; count += 1) silent.push(await connection());
  const next = await connection();
  next.write(`${post(5)}hello`);
  expect(await all(next)).toMatch(/200 OK.*5$/s);
  talking.write('0123456789');
  expect(await all(talking)).toMatch(/200 OK.*10$/s);
});

test.each([[256, 128], [1_024, 768], [65_536, 5_000], [1_000_000, 5_000], [64, 16]])('of %s files that may be open connections take %s', (openFiles, most) => {
  expect(mostConnections(openFiles)).toBe(most);
});
