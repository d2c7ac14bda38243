import { describe, expect, test } from 'vitest';
import { connector, operation } from './testing/descriptors.ts';
import type { ConnectionValues, HttpRequest } from './runtime.ts';
import { wayOut, type WayOutOptions } from './way-out.ts';

/** A way out that says what reached it. */
function lent(options: WayOutOptions) {
  const requests: HttpRequest[] = [];
  const resolved: string[] = [];
  const out = wayOut(
    {
      http: { request: async (request) => (requests.push(request), { status: 200, headers: {}, url: request.url, body: new Uint8Array() }) },
      net: { resolve: async (host) => (resolved.push(host), { address: '192.0.2.1', family: 4 }) },
    },
    options,
  );
  const get = (more: Partial<HttpRequest> = {}) =>
    out.http.request({ method: 'GET', url: 'https://api.example.com/', signal: new AbortController().signal, ...more });
  return { ...out, get, requests, resolved };
}

const to = (host: string): ConnectionValues => ({ scheme: 'own', config: { host }, credentials: {} });
const shop = (allowedHosts: string[]) =>
  connector({
    id: 'shop',
    title: 'Shop',
    auth: [{ id: 'own', kind: 'custom', title: 'Own', fields: { type: 'object' }, hostSetting: 'host' }],
    governance: { allowedHosts, dataClasses: [] },
    operations: [],
  });

describe('a call reaches what the connector declares', () => {
  test('over HTTP: its hosts, and that of the connection', async () => {
    const { get, requests } = lent({ descriptor: shop(['api.example.com']), values: to('https://own.example.com/v1') });
    await get({ within: ['evil.example'] });
    expect(requests[0]?.within, 'whatever its code says').toEqual(['api.example.com', 'own.example.com']);
  });

  test('any host where it says so, and none where it says nothing', async () => {
    const any = lent({ descriptor: shop(['*']) });
    await any.get();
    expect(any.requests[0]?.within).toBeUndefined();
    const none = lent({ descriptor: shop([]) });
    await none.get();
    expect(none.requests[0]?.within).toEqual([]);
  });

  test.each([
    ['db.example.com', 'DB.example.com', 5432, true],
    ['db.example.com', 'db.example.com.evil.example', 5432, false],
    ['db.example.com:5432', 'db.example.com', 5432, true],
    ['db.example.com:5432', 'db.example.com', 25, false],
    ['db.example.com:80', 'db.example.com', 443, false],
    ['*.example.com', 'db.example.com', 1, true],
    ['*.example.com', 'example.com', 1, false],
    ['*.example.com', 'evilexample.com', 1, false],
    ['127.0.0.1', '127.1', 5432, true],
    ['::1', '[::1]', 5432, true],
    ['bücher.example', 'xn--bcher-kva.example', 25, true],
    ['one.example, two.example', 'two.example', 25, true],
    ['', 'two.example', 25, false],
  ])('over other protocols: a connection to “%s” and the host %s, port %i', async (setting, host, port, may) => {
    const { net, resolved } = lent({ descriptor: shop([]), values: to(setting) });
    const said = await net.resolve(host, port).then(() => 'there', (error: Error) => error.message);
    expect(said).toMatch(may ? /^there$/ : /^Shop may reach .* Nothing was sent\.$/);
    expect(resolved).toEqual(may ? [host] : []);
  });
});

test('what is no host at all is left to the guard, which says what is wrong with it', async () => {
  const { net, resolved } = lent({ descriptor: shop([]), values: to('smtp://smtp.example.com') });
  await net.resolve('smtp://smtp.example.com', 25);
  expect(resolved).toEqual(['smtp://smtp.example.com']);
});

test('an answer is no larger than the operation allows, and carries its failures', async () => {
  const act = operation('act', {
    limits: { maxBytes: 100 },
    failures: [{ kind: 'conflict', match: { status: '409' }, retry: 'never', userMessage: 'Taken.' }],
  });
  const { get, requests } = lent({ descriptor: shop(['*']), operation: act });
  await expect(get()).resolves.toMatchObject({ failures: act.failures });
  await get({ maxBytes: 50 });
  await get({ maxBytes: 500 });
  expect(requests.map(({ maxBytes }) => maxBytes)).toEqual([100, 50, 100]);
});
