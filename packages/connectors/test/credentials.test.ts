import type { AuthScheme, ConnectionValues, JsonObject } from '@weft/connector-sdk';
import { authKinds, lendConnection } from '@weft/connector-sdk/auth';
import { apiKeyAuth, basicAuth, bearerAuth, customAuth, noAuth, secret } from '@weft/connector-sdk/author';
import { connector } from '@weft/connector-sdk/testing';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { loopbackEgress } from './context.ts';
import { startServer } from './echo-server.ts';

const config = z.object({ host: z.string(), keyName: z.string().default('X-From-Default'), place: z.string().optional() });
const signal = new AbortController().signal;

function lend(scheme: AuthScheme, { config: settings, credentials }: { config: JsonObject; credentials: JsonObject }, allowedHosts: string[] = []) {
  const values: ConnectionValues = { scheme: scheme.id, config: settings, credentials };
  return lendConnection({
    descriptor: connector({ id: 'shop', operations: [], auth: [scheme], governance: { allowedHosts, dataClasses: [] } }),
    values,
    http: loopbackEgress.http,
  });
}

describe('what a scheme puts on a request', () => {
  const key = { key: 'canary;key' };

  test.each<[string, AuthScheme, JsonObject, JsonObject, JsonObject, string]>([
    ['a token', bearerAuth({ config, hostSetting: 'host' }), { token: 'canary' }, {}, { authorization: 'Bearer canary' }, '/?a=1'],
    [
      'a user and a password',
      basicAuth({ config, hostSetting: 'host' }),
      { username: 'ada', password: 'pä:ss' },
      {},
      { authorization: `Basic ${Buffer.from('ada:pä:ss').toString('base64')}` },
      '/?a=1',
    ],
    ['a key, by default', apiKeyAuth({ config, hostSetting: 'host' }), key, {}, { 'x-api-key': 'canary;key' }, '/?a=1'],
    [
      'a key with a word before it',
      apiKeyAuth({ config, hostSetting: 'host', name: 'Authorization', prefix: 'Token' }),
      key,
      {},
      { authorization: 'Token canary;key' },
      '/?a=1',
    ],
    ['a key in the address', apiKeyAuth({ config, hostSetting: 'host', in: 'query', name: 'k' }), key, {}, {}, '/?a=1&k=canary%3Bkey'],
    ['a key in a cookie', apiKeyAuth({ config, hostSetting: 'host', in: 'cookie', name: 'sid' }), key, {}, { cookie: 'lang=en; sid=canary%3Bkey' }, '/?a=1'],
    [
      'a key where the connection wants it',
      apiKeyAuth({ config, hostSetting: 'host', in: { setting: 'place' }, name: { setting: 'keyName' } }),
      key,
      { place: 'query', keyName: 'q' },
      {},
      '/?a=1&q=canary%3Bkey',
    ],
    [
      'a key under the name that a setting has by default',
      apiKeyAuth({ config, hostSetting: 'host', name: { setting: 'keyName' } }),
      key,
      {},
      { 'x-from-default': 'canary;key' },
      '/?a=1',
    ],
    ['nothing', noAuth({ config, hostSetting: 'host' }), {}, {}, {}, '/?a=1'],
  ])('%s', async (_title, scheme, credentials, settings, headers, url) => {
    const { origin, host, requests } = await startServer((_request, response) => void response.end());
    const lent = lend(scheme, { config: { host, ...settings }, credentials });
    await lent.http.request({ method: 'GET', url: `${origin}/?a=1`, headers: { Cookie: 'lang=en; sid=of-the-mapping' }, signal });
    expect(requests[0]).toMatchObject({ url, headers });
    expect(lent.connection.credentials).toEqual({});
  });

  test('wins over what a mapping brought along, in whatever case', async () => {
    const { origin, host, requests } = await startServer((_request, response) => void response.end());
    const lent = lend(bearerAuth({ config, hostSetting: 'host' }), { config: { host }, credentials: { token: 'canary' } });
    await lent.http.request({ method: 'GET', url: origin, headers: { authorization: 'a', AUTHORIZATION: 'b' }, signal });
    expect(requests[0]?.headers.authorization).toBe('Bearer canary');
  });

  test('is nothing for fields of its own, which the connector’s code reads', async () => {
    const { origin, requests } = await startServer((_request, response) => void response.end());
    const lent = lend(customAuth({ id: 'own', title: 'Own', fields: z.object({ pass: secret({ title: 'Pass' }) }) }), {
      config: {},
      credentials: { pass: 'canary' },
    });
    const answer = await lent.http.request({ method: 'GET', url: origin, signal });
    expect(JSON.stringify(requests)).not.toContain('canary');
    expect(lent.connection.credentials).toEqual({ pass: 'canary' });
    expect(answer.secrets).toContain('canary');
  });
});

describe('credentials stay where they belong', () => {
  const bearer = bearerAuth({ config, hostSetting: 'host' });
  const schemes: [string, AuthScheme, JsonObject][] = [
    ['bearer', bearer, { token: 'canary' }],
    ['a header', apiKeyAuth({ config, hostSetting: 'host' }), { key: 'canary' }],
    ['the query', apiKeyAuth({ config, hostSetting: 'host', in: 'query', name: 'k' }), { key: 'canary' }],
    ['a cookie', apiKeyAuth({ config, hostSetting: 'host', in: 'cookie', name: 'k' }), { key: 'canary' }],
  ];

  test.each(schemes)('a request to another host is not sent, and told at the field of its address (%s)', async (_title, scheme, credentials) => {
    const { origin, requests } = await startServer((_request, response) => void response.end());
    const lent = lend(scheme, { config: { host: 'api.example.com' }, credentials });
    const refused = (addressField?: string[]) => lent.http.request({ method: 'GET', url: origin, signal, addressField });
    await expect(refused()).rejects.toMatchObject({ name: 'InputError', path: ['connection'], message: expect.stringContaining('is for api.example.com') });
    await expect(refused(['input', 'url'])).rejects.toMatchObject({ path: ['input', 'url'], message: expect.stringContaining('Nothing was sent') });
    expect(requests).toEqual([]);
  });

  test.each(schemes)('a redirect to another origin carries none, also where the connection is for both (%s)', async (_title, scheme, credentials) => {
    const other = await startServer((_request, response) => void response.end(), '127.0.0.2');
    const first = await startServer((_request, response) => void response.writeHead(307, { location: other.origin }).end());
    await lend(scheme, { config: { host: `${first.host}, ${other.host}` }, credentials }).http.request({ method: 'GET', url: first.origin, signal });
    expect(JSON.stringify(first.requests)).toContain('canary');
    expect(other.requests).toHaveLength(1);
    expect(JSON.stringify(other.requests)).not.toContain('canary');
  });

  test('without a setting they are for the hosts that the connector names, and for none where it names none', async () => {
    const { origin, host, requests } = await startServer((_request, response) => void response.end());
    const connection = { config: { host }, credentials: { token: 'canary' } };
    await lend(bearerAuth(), connection, [host]).http.request({ method: 'GET', url: origin, signal });
    expect(requests[0]?.headers.authorization).toBe('Bearer canary');
    await expect(lend(bearerAuth(), connection).http.request({ method: 'GET', url: origin, signal })).rejects.toThrow('does not say which host');
    expect(requests).toHaveLength(1);
  });

  test('a call that has been stopped waits for no renewal', async () => {
    const expired = { ...authKinds, bearer: { ...authKinds.bearer, expiresAt: () => 0, refresh: () => new Promise<never>(() => undefined) } };
    const lent = lendConnection({
      descriptor: connector({ id: 'shop', operations: [], auth: [bearer], governance: { allowedHosts: [], dataClasses: [] } }),
      values: { scheme: bearer.id, config: { host: 'shop.example' }, credentials: { token: 'canary' } },
      http: loopbackEgress.http,
      kinds: expired,
    });
    await expect(lent.http.request({
      method: 'GET',
      url: 'https://shop.example/',
      signal: AbortSignal.abort(new Error('It was cancelled.')),
    })).rejects.toThrow('It was cancelled.');
  });

  test('a connection whose scheme is gone lends nothing', () => {
    expect(() => lendConnection({
      descriptor: connector({ id: 'shop', operations: [], auth: [bearer] }),
      values: { scheme: 'old', config: {}, credentials: {} },
      http: loopbackEgress.http,
    })).toThrow('Make a new connection.');
  });
});
