import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Me } from '@weft/api';
import { type Person, startWeft, type TestWeft } from '../../test/weft.ts';

let weft: TestWeft;
let ada: Person;
beforeAll(async () => {
  weft = await startWeft();
  ada = await weft.claim();
});
afterAll(() => weft.stop());

/** Sends the path exactly as it is written; fetch would tidy it up first. */
function raw(
  path: string,
  { method = 'GET', headers = {} as Record<string, string>, body = '' as string | Buffer } = {},
): Promise<{ status: number; text: string; headers: Record<string, unknown> }> {
  const { hostname, port } = new URL(weft.url);
  return new Promise((done, failed) => {
    const request = httpRequest({ hostname, port, path, method, headers, agent: false }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => done({ status: response.statusCode ?? 0, text, headers: response.headers }));
    });
    request.on('error', failed);
    request.end(body);
  });
}

describe('who is not signed in', () => {
  test.each([
    '/api/v1/me',
    '/api/v1/me?/webhooks/trigger',
    '/api/v1/me?x=/api/v1/health',
    '/api/v1/me/health',
    '/api/v1/me.svg',
    '/api/v1/me/logo.svg',
    '/api/v1//me',
    '//api/v1/me',
    '/api//v1/me',
    '/./api/v1/me',
    '/x/../api/v1/me',
    '/%2e/api/v1/me',
    '/x/%2e%2e/api/v1/me',
    '/api/v1/%6de',
    '/api/v1/%6De/',
    '/%61pi/v1/me',
    '/API/v1/me',
    '/api/V1/me',
    '/Api/v1/Me',
    '/api/v1/me/',
    '/api/v1/me;health',
    '/api/v1/me%00',
    '/api/v1/me%2f..%2fhealth',
    '/api%2fv1%2fme',
    '/api/v1/../v1/me',
    '/api/v1/w/ws_1/flows',
    '/api/v1/settings',
    '/api/v2/me',
    '/api',
    '/api/v1/does-not-exist',
  ])('%s is answered 401 and says nothing more', async (path) => {
    const answer = await raw(path);
    expect(answer.status).toBe(401);
    expect(JSON.parse(answer.text)).toMatchObject({ code: 'auth.required', status: 401 });
  });

  test('every method of a private address is answered 401', async () => {
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      expect((await raw('/api/v1/me/sessions', { method, headers: { 'content-type': 'application/json' } })).status).toBe(401);
    }
  });

  test('a made-up or foreign cookie is no session', async () => {
    const cookie = ada.cookies.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    expect((await raw('/api/v1/me', { headers: { cookie } })).status).toBe(401);
    expect((await raw('/api/v1/me', { headers: { cookie: 'weft-session=../../etc/passwd' } })).status).toBe(401);
    expect((await raw('/api/v1/me', { headers: { authorization: 'Bearer none', cookie: '' } })).status).toBe(401);
  });

  test('better-auth’s own routes do not exist', async () => {
    for (const path of ['/api/auth/sign-up/email', '/api/auth/sign-in/email', '/api/v1/auth/sign-up/email']) {
      const answer = await raw(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"email":"a@b.co","password":"0123456789","name":"x"}',
      });
      expect(answer.status).toBe(401);
    }
  });
});

describe('another site’s page', () => {
  const cookie = () => ({ cookie: ada.cookies });

  test('cannot post a form: no content type, or a form’s, is refused', async () => {
    for (const type of ['', 'text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      const answer = await raw('/api/v1/workspaces', {
        method: 'POST',
        headers: { ...cookie(), ...(type && { 'content-type': type }) },
        body: '{"name":"Evil"}',
      });
      expect(answer.status).toBe(403);
    }
  });

  test.each([
    ['origin', 'https://evil.example'],
    ['origin', 'null'],
    ['origin', 'http://localhost.evil.example'],
    ['sec-fetch-site', 'cross-site'],
    ['sec-fetch-site', 'same-site'],
  ])(
    'cannot change anything with %s: %s',
    async (name, value) => {
      const headers = { [name]: value };
      const answer = await raw('/api/v1/workspaces', {
        method: 'POST',
        headers: { ...cookie(), 'content-type': 'application/json', ...headers },
        body: '{"name":"Evil"}',
      });
      expect(answer.status).toBe(403);
      expect(JSON.parse(answer.text).code).toBe('origin.foreign');
      const signOut = await raw('/api/v1/session', { method: 'DELETE', headers: { ...cookie(), ...headers } });
      expect(signOut.status).toBe(403);
    },
  );

  test('is granted nothing by CORS', async () => {
    const preflight = await raw('/api/v1/me', {
      method: 'OPTIONS',
      headers: { ...cookie(), origin: 'https://evil.example', 'access-control-request-method': 'PUT' },
    });
    const read = await raw('/api/v1/me', { headers: { ...cookie(), origin: 'https://evil.example' } });
    for (const { headers } of [preflight, read]) {
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
    }
  });
});

describe('a name that is none of this installation’s', () => {
  const change = (headers: Record<string, string>) =>
    raw('/api/v1/workspaces', { method: 'POST', headers: { cookie: ada.cookies, 'content-type': 'application/json', ...headers }, body: '{"name":"Mine"}' });

  test('is answered by nothing, pages and public routes included', async () => {
    for (const path of ['/', '/api/v1/setup', '/api/v1/me', '/practice/x']) {
      const answer = await raw(path, { headers: { host: 'attacker.example', cookie: ada.cookies } });
      expect([answer.status, JSON.parse(answer.text)]).toMatchObject([421, { code: 'host.unknown' }]);
    }
    const { status } = await change({ host: 'attacker.example', origin: 'http://attacker.example' });
    expect(status).toBe(421);
  });

  test('is not made one of them by another scheme', async () => {
    const { host } = new URL(weft.url);
    expect((await change({ host, origin: `https://${host}` })).status).toBe(403);
    for (const name of ['127.0.0.1', 'localhost', '[::1]', 'weft.localhost']) {
      const own = host.replace(/^[^:]*/, name);
      expect((await change({ host: own, origin: `http://${own}` })).status).toBe(200);
    }
  });
});

describe('the body of a request', () => {
  const post = (body: string | Buffer, headers: Record<string, string> = {}) =>
    raw('/api/v1/workspaces', { method: 'POST', headers: { cookie: ada.cookies, 'content-type': 'application/json', ...headers }, body });

  test('that is no JSON is answered 400 with a sentence', async () => {
    const answer = await post('{"name":');
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.text)).toMatchObject({ code: 'json.malformed' });
    const latin = await post(Buffer.from('{"name":"Zo\xeb"}', 'latin1'));
    expect([latin.status, JSON.parse(latin.text)]).toMatchObject([400, { code: 'json.malformed', detail: expect.stringContaining('UTF-8') }]);
  });

  test('that is too large is answered 413, with and without a length', async () => {
    const large = JSON.stringify({ name: 'x'.repeat(9 * 1024 * 1024) });
    expect((await post(large)).status).toBe(413);
    expect((await post(large, { 'transfer-encoding': 'chunked' })).status).toBe(413);
  });

  test('that has no end is given up when it is too large', async () => {
    const { hostname, port } = new URL(weft.url);
    const headers = { cookie: ada.cookies, 'content-type': 'application/json', 'transfer-encoding': 'chunked' };
    const request = httpRequest({ hostname, port, path: '/api/v1/workspaces', method: 'POST', headers, agent: false });
    // Whoever still sends may not hear why.
    const given = new Promise((done) => request.on('response', ({ statusCode }) => done(statusCode)).on('error', () => done(413)));
    for (let sent = 0; sent < 12; sent += 1) request.write('x'.repeat(1 << 20));
    expect(await given).toBe(413);
    request.destroy();
  });

  test('that is compressed is refused before it is unpacked', async () => {
    expect((await post('x', { 'content-encoding': 'gzip' })).status).toBe(415);
  });

  test('that is nested very deep is answered 400', async () => {
    expect((await post('['.repeat(100_000) + ']'.repeat(100_000))).status).toBe(400);
  });

  test('with __proto__ or constructor as a key changes no object of ours', async () => {
    for (const body of [
      '{"name":"x","__proto__":{"polluted":1}}',
      '{"name":"x","constructor":{"prototype":{"polluted":1}}}',
      '{"\\u005f_proto__":{"polluted":1}}',
    ]) {
      expect((await post(body)).status).toBe(400);
    }
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test('with fields that nobody asked for is refused', async () => {
    const answer = await ada.send('PATCH', '/me', { name: 'Ada', role: 'administrator', workspace: 'ws_other' });
    expect(answer.status).toBe(400);
    expect(answer.body.code).toBe('input.invalid');
    expect((await ada.send<Me>('GET', '/me')).body.user.name).toBe('Ada Lovelace');
  });
});

describe('every answer', () => {
  test('carries the security headers, errors and pages too', async () => {
    for (const path of ['/api/v1/health', '/api/v1/me', '/api/v1/setup', '/', '/nowhere.js']) {
      const { headers } = await raw(path);
      expect(headers['content-security-policy']).toMatch(/script-src 'self';.*frame-ancestors 'none'/);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['referrer-policy']).toBeDefined();
      expect(headers['x-request-id']).toBeDefined();
    }
  });

  test('that is an error is problem+json with a stable code', async () => {
    const answer = await ada.send('GET', `/w/${ada.workspace}/flows/flow_none`);
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.body).toEqual({ type: 'about:blank', title: 'Not found', status: 404, code: 'not_found', detail: expect.stringMatching(/flow/) });
  });
});

describe('health', () => {
  test('is public, at its short address too', async () => {
    for (const path of ['/api/v1/health', '/api/health', '/api/health?from=probe']) {
      const { status, text, headers } = await raw(path);
      expect(status).toBe(200);
      expect(JSON.parse(text)).toEqual({ status: 'ok', version: expect.stringMatching(/^\d+\.\d+\.\d+$/) });
      expect(headers).toMatchObject({
        'content-type': 'application/json',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'content-security-policy': expect.any(String),
      });
    }
  });

  test('answers a probe that wants no body, and refuses what only others do', async () => {
    expect(await raw('/api/health', { method: 'HEAD' })).toMatchObject({ status: 200, text: '' });
    expect(await raw('/api/health', { method: 'POST', body: '{}' })).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
    expect(await raw('/api/health/more')).toMatchObject({ status: 401 });
  });
});
