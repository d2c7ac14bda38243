import { execFile } from 'node:child_process';
import { createServer as createSocketServer, type AddressInfo } from 'node:net';
import { createServer as createTlsServer } from 'node:https';
import { execPath } from 'node:process';
import { promisify } from 'node:util';
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { RetryableError, TerminalError } from '@weft/connector-sdk';
import { describe, expect, onTestFinished, test } from 'vitest';
import { listen } from '../test/loopback.ts';
import { selfSigned } from '../test/self-signed.ts';
import { createEgress } from './index.ts';

function client() {
  const made = createEgress({ allowed: () => ['127.0.0.0/8'] });
  onTestFinished(() => made.close());
  return made.http;
}

const get = (url: string) => ({ method: 'GET', url, signal: new AbortController().signal });
const text = (body: Uint8Array) => Buffer.from(body).toString();

/** A server that speaks bytes: what no HTTP library would send. */
async function raw(reply: string): Promise<string> {
  const server = createSocketServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.once('data', () => socket.end(reply));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('a request arrives as it was meant', () => {
  test('method, path, query, headers and body', async () => {
    const { origin, requests } = await listen((_request, response) => response.writeHead(201, { 'X-Id': '7', 'Set-Cookie': ['a=1', 'b=2'] }).end('made'));
    const answer = await client().request({ ...get(`${origin}/orders/7?a=1&b=%20x`), method: 'post', headers: { 'X-Trace': 'abc' }, body: '{"a":1}' });
    expect(answer).toMatchObject({ status: 201, url: `${origin}/orders/7?a=1&b=%20x`, headers: { 'x-id': '7' }, setCookies: ['a=1', 'b=2'], method: 'POST' });
    expect(text(answer.body)).toBe('made');
    expect(requests[0]).toMatchObject({ method: 'POST', url: '/orders/7?a=1&b=%20x', body: '{"a":1}', headers: { 'x-trace': 'abc', 'user-agent': 'Weft' } });
  });

  test('bytes stay bytes', async () => {
    const { origin } = await listen((_request, response) => response.end(Buffer.from([0, 255, 128])));
    expect([...(await client().request(get(origin))).body]).toEqual([0, 255, 128]);
  });

  test('headers that belong to the connection are left to it', async () => {
    const { origin, requests } = await listen();
    await client().request({
      ...get(origin),
      method: 'POST',
      body: 'abc',
      headers: { Host: 'evil.example', 'Content-Length': '1', 'Transfer-Encoding': 'chunked', Connection: 'close' },
    });
    expect(requests[0]).toMatchObject({ body: 'abc', headers: { host: new URL(origin).host, 'content-length': '3' } });
  });

  test('a line break in a header is refused before anything is sent', async () => {
    const { origin, requests } = await listen();
    await expect(client().request({ ...get(origin), headers: { 'x-a': 'b\r\nx-evil: 1' } })).rejects.toMatchObject({ kind: 'invalid_input', retryable: false });
    expect(requests).toEqual([]);
  });

  test('connections are kept and used again', async () => {
    const { origin, requests } = await listen();
    const http = client();
    for (let call = 0; call < 20; call += 1) await http.request(get(origin));
    expect(new Set(requests.map(({ socketPort }) => socketPort)).size).toBeLessThanOrEqual(2);
  });

  test('what a server says before it answers is not the answer', async () => {
    const { origin } = await listen((_request, response) => {
      response.writeEarlyHints({ link: '</style.css>; rel=preload' });
      response.writeHead(200, { 'x-id': '7' }).end('made');
    });
    const answer = await client().request(get(origin));
    expect(answer).toMatchObject({ status: 200, headers: { 'x-id': '7' } });
    expect(text(answer.body)).toBe('made');
  });

  test('an answer without a body', async () => {
    const { origin } = await listen((_request, response) => response.writeHead(204).end());
    expect((await client().request(get(origin))).body).toHaveLength(0);
    expect((await client().request({ ...get(origin), method: 'HEAD' })).body).toHaveLength(0);
  });
});

describe('redirects', () => {
  test('within an origin keep the credentials', async () => {
    const { origin, requests } =
      await listen((request, response) => (request.url === '/old' ? response.writeHead(301, { location: '/new' }) : response).end('there'));
    const answer = await client().request({ ...get(`${origin}/old`), headers: { authorization: 'Bearer canary' } });
    expect(answer.url).toBe(`${origin}/new`);
    expect(requests[1]?.headers.authorization).toBe('Bearer canary');
  });

  test.each([['another host', '127.0.0.2'], ['another port', '127.0.0.1']])('to %s drop every header that could be a credential', async (_title, host) => {
    const other = await listen(undefined, host);
    const { origin } = await listen((_request, response) => response.writeHead(307, { location: `${other.origin}/in` }).end());
    const headers = {
      authorization: 'Bearer canary',
      Cookie: 'canary',
      'Proxy-Authorization': 'canary',
      'X-Api-Key': 'canary',
      'x-anything': 'canary',
      accept: 'application/json',
      'content-type': 'text/plain',
    };
    await client().request({ ...get(origin), method: 'PUT', headers, body: 'data' });
    expect(other.requests).toHaveLength(1);
    expect(JSON.stringify(other.requests[0])).not.toContain('canary');
    expect(other.requests[0]).toMatchObject({ method: 'PUT', body: 'data', headers: { accept: 'application/json', 'content-type': 'text/plain' } });
  });

  test('back to the first host do not bring the credentials back', async () => {
    const other = await listen((_request, response) => response.writeHead(302, { location: `${first.origin}/end` }).end(), '127.0.0.2');
    const first = await listen((request, response) => (request.url === '/' ? response.writeHead(302, { location: other.origin }) : response).end());
    await client().request({ ...get(`${first.origin}/`), headers: { authorization: 'Bearer canary' } });
    expect(first.requests[1]).toMatchObject({ url: '/end' });
    expect(first.requests[1]?.headers.authorization).toBeUndefined();
  });

  test.each([
    [303, 'PUT', 'GET'],
    [302, 'POST', 'GET'],
    [301, 'POST', 'GET'],
    [302, 'PUT', 'PUT'],
    [307, 'POST', 'POST'],
    [308, 'POST', 'POST'],
    [303, 'HEAD', 'HEAD'],
  ])('%i after %s asks again with %s', async (status, method, then) => {
    const { origin, requests } =
      await listen((request, response) => (request.url === '/' ? response.writeHead(status, { location: '/next' }) : response).end());
    await client().request({ ...get(`${origin}/`), method, ...(method !== 'HEAD' && { body: 'data', headers: { 'content-type': 'text/plain' } }) });
    expect(requests[1]).toMatchObject({ method: then, body: then === method && method !== 'HEAD' ? 'data' : '' });
    expect(requests[1]?.headers['content-type']).toBe(then === method && method !== 'HEAD' ? 'text/plain' : undefined);
  });

  test('end after as many as were allowed', async () => {
    const { origin, requests } = await listen((_request, response) => response.writeHead(302, { location: '/again' }).end());
    await expect(client().request({ ...get(origin), maxRedirects: 3 })).rejects.toThrow('redirected more than 3 times');
    expect(requests).toHaveLength(4);
  });

  test('are followed past a page that has no end', async () => {
    const { origin } = await listen((request, response) => {
      if (request.url === '/next') return void response.end('there');
      response.writeHead(302, { location: '/next' });
      const timer = setInterval(() => response.write('x'.repeat(10_000)), 1);
      response.on('close', () => clearInterval(timer));
    });
    expect(text((await client().request(get(origin))).body)).toBe('there');
  });

  test('are handed back when none may be followed', async () => {
    const { origin } = await listen((_request, response) => response.writeHead(302, { location: '/next' }).end());
    expect(await client().request({ ...get(origin), maxRedirects: 0 })).toMatchObject({ status: 302, headers: { location: '/next' } });
  });
});

describe('the size of an answer', () => {
  test('is limited when it is announced', async () => {
    const { origin } = await listen((_request, response) => response.end('x'.repeat(2000)));
    await expect(client().request({ ...get(origin), maxBytes: 1000 })).rejects.toThrow('The answer is larger than 1000 bytes');
  });

  test('is limited when it is not announced, and the connection ends', async () => {
    let closed: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => (closed = resolve));
    const { origin } = await listen((_request, response) => {
      const timer = setInterval(() => response.write('x'.repeat(1000)), 1);
      response.on('close', () => {
        clearInterval(timer);
        closed();
      });
    });
    await expect(client().request({ ...get(origin), maxBytes: 5000 })).rejects.toBeInstanceOf(TerminalError);
    await ended;
  });

  test('is what it costs: single bytes are put together as they come', async () => {
    const bytes = 2_000_000;
    const url = await raw(`HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${'1\r\nx\r\n'.repeat(bytes)}0\r\n\r\n`);
    const program = `
      import { createEgress } from '${new URL('./index.ts', import.meta.url).href}';
      const { http } = createEgress({ allowed: () => ['127.0.0.0/8'] });
      const { body } = await http.request({ method: 'GET', url: '${url}', signal: new AbortController().signal });
      process.stdout.write(String(body.length), () => process.exit());
    `;
    // Each byte an object of its own would take several times this heap, and end the process.
    const { stdout } = await promisify(execFile)(execPath, ['--max-old-space-size=64', '--input-type=module', '--eval', program]);
    expect(stdout).toBe(String(bytes));
  });

  test('many pieces come in their order', async () => {
    const sent = Array.from({ length: 1_000 }, (_, at) => `${at};`);
    const url = await raw(
      `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${sent.map((piece) => `${piece.length.toString(16)}\r\n${piece}\r\n`).join('')}0\r\n\r\n`,
    );
    expect(text((await client().request(get(url))).body)).toBe(sent.join(''));
  });

  test('an answer of exactly the limit passes', async () => {
    const { origin } = await listen((_request, response) => response.end('x'.repeat(1000)));
    expect((await client().request({ ...get(origin), maxBytes: 1000 })).body).toHaveLength(1000);
  });

  test.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ])('counts unpacked: a %s bomb is stopped', async (coding, compress) => {
    const bomb = compress(Buffer.alloc(20 * 1024 * 1024));
    const { origin } = await listen((_request, response) => response.writeHead(200, { 'content-encoding': coding }).end(bomb));
    await expect(client().request({ ...get(origin), maxBytes: 1024 * 1024 })).rejects.toThrow('The answer is larger than 1 MiB');
  });
});

describe('compressed answers', () => {
  test.each([
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
    ['zstd', zstdCompressSync],
    ['gzip, br', (data: Buffer) => brotliCompressSync(gzipSync(data))],
  ])('%s is unpacked, and its headers no longer speak of it', async (coding, compress) => {
    const { origin } = await listen((_request, response) => response.writeHead(200, { 'content-encoding': coding }).end(compress(Buffer.from('hello'))));
    const answer = await client().request(get(origin));
    expect(text(answer.body)).toBe('hello');
    expect(answer.headers).not.toHaveProperty('content-encoding');
    expect(answer.headers).not.toHaveProperty('content-length');
  });

  test('an empty body that is called compressed is an empty answer', async () => {
    const { origin } = await listen((_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end());
    expect((await client().request(get(origin))).body).toHaveLength(0);
  });

  test.each(['gzip', 'br', 'zstd', 'deflate'])('broken %s is a named failure', async (coding) => {
    const { origin } = await listen((_request, response) => response.writeHead(200, { 'content-encoding': coding }).end('this is not compressed at all'));
    await expect(client().request(get(origin))).rejects.toMatchObject({ kind: 'contract_violation', message: expect.stringContaining('cannot be unpacked') });
  });

  test('an unknown coding, and too many of them, are named failures', async () => {
    const unknown = await listen((_request, response) => response.writeHead(200, { 'content-encoding': 'compress' }).end('x'));
    await expect(client().request(get(unknown.origin))).rejects.toMatchObject({ kind: 'unsupported' });
    const many = await listen((_request, response) => response.writeHead(200, { 'content-encoding': 'gzip, gzip, gzip, gzip' }).end('x'));
    await expect(client().request(get(many.origin))).rejects.toMatchObject({ kind: 'contract_violation' });
  });
});

describe('when the other side fails', () => {
  test('nothing listens', async () => {
    const { origin, server } = await listen();
    await new Promise((resolve) => server.close(resolve));
    const failed = client().request(get(origin));
    await expect(failed).rejects.toBeInstanceOf(RetryableError);
    await expect(failed).rejects.toThrow('refused the connection: nothing is listening there');
  });

  test('the connection is reset before the answer', async () => {
    const { origin } = await listen((request) => request.socket.resetAndDestroy());
    await expect(client().request(get(origin))).rejects.toMatchObject({ retryable: true, kind: 'upstream' });
  });

  test('the connection is reset in the middle of the answer', async () => {
    const { origin } = await listen((request, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('half', () => request.socket.resetAndDestroy());
    });
    await expect(client().request(get(origin))).rejects.toMatchObject({ retryable: true, kind: 'upstream' });
  });

  test('the answer ends too early', async () => {
    const url = await raw('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nshort');
    await expect(client().request(get(url))).rejects.toMatchObject({ retryable: true });
  });

  test('it does not speak HTTP', async () => {
    const url = await raw('SSH-2.0-OpenSSH_9.6\r\n');
    await expect(client().request(get(url))).rejects.toMatchObject({
      retryable: false,
      kind: 'contract_violation',
      message: expect.stringContaining('not HTTP'),
    });
  });

  test('a time-out while waiting for the headers, and for the body, can be tried again', async () => {
    const silent = await listen(() => undefined);
    const slow = await listen((_request, response) => void response.write('first'));
    for (const { origin } of [silent, slow]) {
      const failed = client().request({ ...get(origin), signal: AbortSignal.timeout(50) });
      await expect(failed).rejects.toMatchObject({ retryable: true, kind: 'timeout', message: expect.stringContaining('did not answer in time') });
    }
  });

  test('a cancelled call ends with the reason it was cancelled for', async () => {
    const { origin } = await listen(() => undefined);
    const controller = new AbortController();
    const reason = new Error('the run was cancelled');
    const waiting = client().request({ ...get(origin), signal: controller.signal });
    controller.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    await expect(client().request({ ...get(origin), signal: controller.signal })).rejects.toBe(reason);
  });

  test('a call cancelled while it waits for a connection ends at once, and is never sent', async () => {
    const answers: (() => void)[] = [];
    const { origin, requests } = await listen((_request, response) => void answers.push(() => response.end('hello')));
    const http = client();
    const before = Array.from({ length: 64 }, () => http.request(get(origin)));
    await expect.poll(() => requests.length).toBe(64);
    const controller = new AbortController();
    const waiting = http.request({ ...get(`${origin}/late`), signal: controller.signal });
    const reason = new Error('the run was cancelled');
    controller.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    for (const answer of answers) answer();
    await Promise.all(before);
    const after = http.request(get(`${origin}/after`));
    await expect.poll(() => requests.length).toBe(65);
    answers[64]?.();
    await after;
    expect(requests.map(({ url }) => url)).not.toContain('/late');
  });

  test('a certificate nobody vouches for is final, and named', async () => {
    const server = createTlsServer(selfSigned, (_request, response) => response.end('hello'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const failed = client().request(get(`https://127.0.0.1:${(server.address() as AddressInfo).port}/`));
    await expect(failed).rejects.toMatchObject({ retryable: false, kind: 'upstream', message: expect.stringContaining('certificate') });
  });
});

describe('a call reaches the hosts that it is for', () => {
  test('and no other: nothing is sent there', async () => {
    const [ours, theirs] = [await listen(), await listen()];
    const within = [new URL(ours.origin).host];
    await client().request({ ...get(ours.origin), within });
    await expect(client().request({ ...get(theirs.origin), within })).rejects.toMatchObject({
      kind: 'refused',
      message: expect.stringContaining(`may reach only ${within[0]}`) as string,
    });
    await expect(client().request({ ...get(ours.origin), within: [] })).rejects.toThrow('no other computer');
    expect([ours.requests.length, theirs.requests.length]).toEqual([1, 0]);
  });

  test('also where one redirects to another', async () => {
    const theirs = await listen();
    const ours = await listen((_request, response) => response.writeHead(302, { location: theirs.origin }).end());
    const within = [new URL(ours.origin).host];
    await expect(client().request({ ...get(ours.origin), within })).rejects.toMatchObject({
      kind: 'refused',
      message: expect.stringContaining(`${within[0]} redirected to ${new URL(theirs.origin).host}`) as string,
    });
    expect(theirs.requests).toEqual([]);
  });
});
