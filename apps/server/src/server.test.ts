import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { owner, startWeft } from '../test/weft.ts';
import { createServer, type ServerOptions } from './server.ts';

const folder = mkdtempSync(join(tmpdir(), 'weft-start-'));
const undo: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).toReversed()) await step();
});

const start = (options: Partial<ServerOptions> = {}) => createServer({ dataFolder: join(folder, 'data'), port: 0, logLevel: 'silent', ...options });

describe('a start that cannot succeed is refused with one sentence', () => {
  test('when another Weft has the data folder', async () => {
    const first = await start();
    undo.push(() => first.close());
    await expect(start()).rejects.toThrow(/Another Weft is running on .*WEFT_DATA/);
  });

  test('when the port is in use', async () => {
    const other = createHttpServer().listen(0, '127.0.0.1');
    undo.push(() => void other.close());
    await new Promise((listening) => other.once('listening', listening));
    const { port } = other.address() as AddressInfo;
    await expect(start({ port })).rejects.toThrow(new RegExp(`Port ${port} is in use`));
    // What was opened before is closed again.
    const next = await start();
    await next.close();
  });

  test('when the data folder cannot be made', async () => {
    writeFileSync(join(folder, 'a-file'), '');
    await expect(start({ dataFolder: join(folder, 'a-file', 'data') })).rejects.toThrow(/cannot be written.*WEFT_DATA/);
  });

  test('when the address is none of this machine', async () => {
    await expect(start({ host: '203.0.113.7', allowPlainCookies: true })).rejects.toThrow(/no address of this machine/);
  });

  test.each([
    'weft.example.com', 'ftp://weft.example.com', 'https://weft.example.com/path', 'https://user@weft.example.com',
  ])('when the public URL is %s', async (publicUrl) => {
    await expect(start({ publicUrl })).rejects.toThrow(/WEFT_PUBLIC_URL/);
  });

  test.each([{ host: '0.0.0.0' }, { publicUrl: 'http://weft.example.com' }, { host: '0.0.0.0', publicUrl: 'http://localhost:4100' }])(
    'when sign-ins would travel in the open: %j',
    async (options) => {
      await expect(start(options)).rejects.toThrow(/WEFT_ALLOW_PLAIN_COOKIES/);
    },
  );

  test('when the key file that belongs to the data is missing', async () => {
    const dataFolder = join(folder, 'keyless');
    await (await start({ dataFolder })).close();
    rmSync(join(dataFolder, 'key'));
    await expect(start({ dataFolder })).rejects.toThrow(/key file .* is missing/);
  });
});

test('where the installation is reached over https, cookies are bound to host and https', async () => {
  const publicUrl = 'https://weft.example.com';
  const server = await start({ dataFolder: join(folder, 'https'), publicUrl });
  undo.push(() => server.close());
  const claim = (origin: string) =>
    fetch(`http://127.0.0.1:${server.port}/api/v1/setup`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin },
      body: JSON.stringify({ ...owner, workspace: 'Acme', token: server.setupToken }),
    });
  expect((await claim('https://evil.example.com')).status).toBe(403);
  const response = await claim(publicUrl);
  const cookie = response.headers.getSetCookie()[0] ?? '';
  expect(cookie).toMatch(/^__Host-weft-session=.*Path=\/.*HttpOnly.*Secure.*SameSite=Lax/);
  expect(cookie).not.toMatch(/Domain/);
  expect(response.headers.get('strict-transport-security')).not.toBeNull();
  const me = await fetch(`http://127.0.0.1:${server.port}/api/v1/me`, { headers: { cookie: cookie.split(';')[0] ?? '' } });
  expect(me.status).toBe(200);
});

test('closing frees the folder and the port, and a new start finds everything again', async () => {
  const weft = await startWeft();
  const ada = await weft.claim();
  await weft.restart();
  expect((await ada.send('GET', `/w/${ada.workspace}/flows`)).status).toBe(200);
  await weft.stop();
});

test('closing does not wait for pages that listen to live events', async () => {
  const weft = await startWeft();
  const ada = await weft.claim();
  const stream = await fetch(`${weft.url}/api/v1/w/${ada.workspace}/events`, { headers: { cookie: ada.cookies } });
  expect(stream.headers.get('content-type')).toMatch(/event-stream/);
  await weft.stop();
  await stream.text().catch(() => 'cut off');
});

test.each([
  'http://localhost', 'HTTPS://weft.example.com:8443', 'http://user@[::1]:1',
])('a request that names the whole address, as proxies may, is the same request (%s)', async (origin) => {
  const server = await start({ dataFolder: join(folder, `whole-${origin.replaceAll(/\W/g, '')}`) });
  undo.push(() => server.close());
  const get = (target: string) =>
    new Promise<{ status: number | undefined; text: string }>((done, failed) => {
      request({ host: '127.0.0.1', port: server.port, path: target, agent: false }, (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () => done({ status: response.statusCode, text }));
      })
        .once('error', failed)
        .end();
    });
  for (const path of ['/api/v1/health', '/api/v1/me', '/api/v1/me?/hooks/', '/hooks/ws_none/orders', '/hooks/ws_none/orders?a=1', '?/hooks/', '']) {
    expect(await get(origin + path)).toEqual(await get(path.startsWith('/') ? path : `/${path}`));
  }
  expect((await get(`${origin}/hooks/ws_none/orders`)).text).toContain('No published flow listens');
});
