import { AuthError, InputError, summaryOf, TerminalError, type ConnectionValues, type JsonObject, type Json } from '@weft/connector-sdk';
import { describeConnector } from '@weft/connector-sdk/conformance';
import type { ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { createTestContext, loopbackEgress } from '../../test/context.ts';
import { startServer } from '../../test/echo-server.ts';
import http from './index.ts';

describeConnector(http, {
  egress: loopbackEgress,
  faults: {
    request: ({ origin, host }) => ({
      config: { method: 'POST', responseFormat: 'json' },
      input: { url: `${origin}/orders`, body: { a: 1 } },
      connection: { scheme: 'basic', config: { host }, credentials: { username: 'ada', password: 'canary-password' } },
    }),
  },
});

describeConnector(http, {
  egress: loopbackEgress,
  faults: {
    request: ({ origin, host }) => ({
      config: { responseFormat: 'json' },
      input: { url: `${origin}/orders` },
      connection: { scheme: 'api-key', config: { host, placement: 'query', name: 'key' }, credentials: { key: 'canary-key' } },
    }),
  },
});

const defaults = { method: 'GET', timeoutSeconds: 30, bodyFormat: 'json', responseFormat: 'auto', failOnErrorStatus: true, followRedirects: true };

interface Call {
  config?: JsonObject;
  input: JsonObject;
  connection?: ConnectionValues;
  allowLoopback?: boolean;
  exact?: string[][];
}

interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Json;
}

async function request({ config = {}, input, connection, allowLoopback, exact }: Call): Promise<Answer> {
  const run = http.operations['request']?.run;
  if (run === undefined) throw new Error('the action has no code');
  const context = createTestContext({ connector: http, connection, allowLoopback });
  return (await run(exact ? { ...context, exact } : context, input, { ...defaults, ...config })) as unknown as Answer;
}

const json = (value: Json) =>
  (_request: unknown, response: ServerResponse) => void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));

const answerWith = (type: string | undefined, body: string | Buffer) => (_request: unknown, response: ServerResponse) =>
  void response.writeHead(200, type === undefined ? {} : { 'content-type': type }).end(body);

describe('what is sent', () => {
  test('a JSON body with its content type, and a key that makes a repeat harmless', async () => {
    const { origin, requests } = await startServer(json({ id: 7 }));
    const answer = await request({ config: { method: 'POST' }, input: { url: `${origin}/orders`, body: { lines: [{ sku: 'A' }] } } });
    expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'application/json' }, body: { id: 7 } });
    expect(requests[0]).toMatchObject({
      method: 'POST',
      url: '/orders',
      body: '{"lines":[{"sku":"A"}]}',
      headers: { 'content-type': 'application/json', 'idempotency-key': 'run_test/step/1' },
    });
  });

  test('numbers of any size keep their type and digits in JSON, also in JSON that is sent as a text', async () => {
    const { origin, requests } = await startServer(json(null));
    for (const bodyFormat of ['json', 'text']) {
      const input = { url: origin, body: { id: '7615917337495251231', name: '7615917337495251231' } };
      await request({ config: { method: 'POST', bodyFormat }, input, exact: [['body', 'id']] });
    }
    expect(requests.map(({ body }) => body)).toEqual(Array(2).fill('{"id":7615917337495251231,"name":"7615917337495251231"}'));
  });

  test('reading sends no such key and no content type', async () => {
    const { origin, requests } = await startServer(json(null));
    await request({ input: { url: origin } });
    expect(requests[0]?.headers).not.toHaveProperty('idempotency-key');
    expect(requests[0]?.headers).not.toHaveProperty('content-type');
  });

  test("the user's own headers win over the usual ones; an empty one is left out", async () => {
    const { origin, requests } = await startServer(json(null));
    await request({
      config: { method: 'PUT' },
      input: {
        url: origin,
        headers: { 'Content-Type': 'application/vnd.api+json', 'IDEMPOTENCY-KEY': 'mine', 'X-Count': 3, 'X-Flag': true, 'X-None': null },
        body: {},
      },
    });
    expect(requests[0]?.headers).toMatchObject({ 'content-type': 'application/vnd.api+json', 'idempotency-key': 'mine', 'x-count': '3', 'x-flag': 'true' });
    expect(requests[0]?.headers).not.toHaveProperty('x-none');
  });

  test.each([
    ['X-Name', 'Łukasz 🧺', '“Ł” is no letter'],
    ['X-Name', 'a\r\nx-evil: 1', 'line end'],
    ['X-Name', 'a\0', 'invisible'],
    ['X Name', 'a', 'letters, digits'],
  ])('no header that HTTP cannot carry, and it is named: %s', async (name, value, why) => {
    const sent = request({ input: { url: 'http://127.0.0.1:9/', headers: { 'X-Good': 'é', [name]: value } } });
    await expect(sent).rejects.toMatchObject({ path: ['input', 'headers', name], message: expect.stringMatching(new RegExp(`${name}.*${why}`)) });
  });

  test('headers in Latin-1, a list as one text', async () => {
    const { origin, requests } = await startServer(json(null));
    await request({ input: { url: origin, headers: { 'x-name': 'José', 'x-tags': ['a', 5, null], cookie: ['a=1', 'b=2'], 'x-none': [] } } });
    expect(requests[0]?.headers).toMatchObject({ 'x-name': 'José', 'x-tags': 'a, 5', cookie: 'a=1; b=2' });
    expect(requests[0]?.headers).not.toHaveProperty('x-none');
  });

  test('query parameters are added to those of the address', async () => {
    const { origin, requests } = await startServer(json(null));
    await request({ input: { url: `${origin}/search?page=1`, query: { q: 'tea & cups', limit: 5, all: false, none: null } } });
    expect(requests[0]?.url).toBe('/search?page=1&q=tea+%26+cups&limit=5&all=false');
  });

  test('an address as it is written, with what is added behind it', async () => {
    const { origin, host, requests } = await startServer(json(null));
    const written = '/a%2Fb/%7Euser?keyword=r%E4kki&sig=a%20b~c%2F%2b&flag';
    const connection = { scheme: 'api-key', config: { host, placement: 'query', name: 'key' }, credentials: { key: 'canary key' } };
    await request({ input: { url: `${origin}${written}`, query: { page: 1 } } });
    await request({ input: { url: `${origin}${written}` }, connection });
    await request({ input: { url: `${origin}${written}&key=mine`, query: { page: 1 } }, connection });
    expect(requests.map(({ url }) => url)).toEqual([`${written}&page=1`, `${written}&key=canary+key`, `${written}&key=canary+key&page=1`]);
  });

  test('a list in the query as the same name several times', async () => {
    const { origin, requests } = await startServer(json(null));
    await request({ input: { url: `${origin}/search?tag=x`, query: { tag: ['tea & cups', 5, null], none: [] } } });
    expect(requests[0]?.url).toBe('/search?tag=x&tag=tea+%26+cups&tag=5');
  });

  test('a form with files, as a browser sends it, and the same again when it is repeated', async () => {
    const { origin, requests } = await startServer(json(null));
    const [logo, photo] = [{ fileName: 'a "b".png', contentType: 'image/png', sizeBytes: 2, base64: '/wA=' }, { base64: 'AQID' }];
    const call = {
      config: { method: 'POST', bodyFormat: 'multipart' },
      input: {
        url: origin,
        headers: { 'Content-Type': 'multipart/form-data' },
        body: { title: 'Ünï', address: { city: 'London' }, tags: ['a', 'b'], logo, photos: [photo, photo], none: null },
      },
    };
    await request(call);
    await request(call);
    const [first, second] = requests;
    expect(second).toEqual(first);
    const arrived = await new Response(first?.bytes, { headers: { 'content-type': first?.headers['content-type'] ?? '' } }).formData();
    const fields = await Promise.all([...arrived].map(async ([name, value]) => [
      name,
      typeof value === 'string' ? value : [value.name, value.type, [...new Uint8Array(await value.arrayBuffer())]],
    ]));
    expect(fields).toEqual([
      ['title', 'Ünï'], ['address[city]', 'London'], ['tags[]', 'a'], ['tags[]', 'b'],
      ['logo', ['a "b".png', 'image/png', [255, 0]]],
      ['photos', ['file', 'application/octet-stream', [1, 2, 3]]], ['photos', ['file', 'application/octet-stream', [1, 2, 3]]],
    ]);
  });

  test('no header of its own out of a field’s or a file’s name', async () => {
    const { origin, requests } = await startServer(json(null));
    const body = { 'a"\r\nx-evil: 1': 'v', file: { fileName: '"\r\nx-evil: 1', contentType: 'text/plain\r\nx-evil: 1', base64: '' } };
    await request({ config: { method: 'POST', bodyFormat: 'multipart' }, input: { url: origin, body } });
    expect(requests[0]?.body).not.toMatch(/^x-evil/m);
  });

  test('a file as it is, in the form in which one is read', async () => {
    const pdf = Buffer.from([37, 80, 68, 70, 255, 0]);
    const source = await startServer((_request, response) => void response
      .writeHead(200, {
        'content-type': 'application/pdf',
        'content-disposition': `attachment; filename="x.pdf"; filename*=UTF-8''..%2Finvoice%20%E2%82%AC.pdf`,
      })
      .end(pdf));
    const { origin, requests } = await startServer(json(null));
    const { body } = await request({ input: { url: source.origin } });
    expect(body).toEqual({ fileName: 'invoice €.pdf', contentType: 'application/pdf', sizeBytes: 6, base64: pdf.toString('base64') });
    await request({ config: { method: 'PUT', bodyFormat: 'file' }, input: { url: origin, body } });
    expect(requests[0]?.headers['content-type']).toBe('application/pdf');
    expect(requests[0]?.bytes).toEqual(pdf);
  });

  test.each([
    ['file', 'text', ['input', 'body']],
    ['file', { base64: 'no base64!' }, ['input', 'body', 'base64']],
    ['multipart', ['a'], ['input', 'body']],
    ['multipart', { logo: { base64: '§' } }, ['input', 'body', 'logo', 'base64']],
  ])('nothing, when the body does not fit the format %s: %j', async (bodyFormat, body, path) => {
    await expect(request({ config: { method: 'POST', bodyFormat }, input: { url: 'http://127.0.0.1/', body } })).rejects.toMatchObject({ path });
  });

  test('a form', async () => {
    const { origin, requests } = await startServer(json(null));
    await request({
      config: { method: 'POST', bodyFormat: 'form' },
      input: { url: origin, body: { name: 'Ada & Co', age: 36, note: null, address: { city: 'London' }, tags: ['a', 'b'], lines: [{ sku: 'A' }] } },
    });
    expect(requests[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect([...new URLSearchParams(requests[0]?.body)]).toEqual([
      ['name', 'Ada & Co'],
      ['age', '36'],
      ['address[city]', 'London'],
      ['tags[]', 'a'],
      ['tags[]', 'b'],
      ['lines[0][sku]', 'A'],
    ]);
  });

  test.each([
    ['usual', 't=a%2Cb&t=c&u%5B%5D=1&e=', 't%5B%5D=a%2Cb&t%5B%5D=c&u%5B%5D=1&e='],
    ['repeat', 't=a%2Cb&t=c&u%5B%5D=1&e=', 't=a%2Cb&t=c&u%5B%5D=1&e='],
    ['brackets', 't%5B%5D=a%2Cb&t%5B%5D=c&u%5B%5D=1&e=', 't%5B%5D=a%2Cb&t%5B%5D=c&u%5B%5D=1&e='],
    ['indices', 't%5B0%5D=a%2Cb&t%5B1%5D=c&u%5B%5D=1&e=', 't%5B0%5D=a%2Cb&t%5B1%5D=c&u%5B%5D=1&e='],
    ['comma', 't=a%2Cb,c&u%5B%5D=1&e=', 't=a%2Cb,c&u%5B%5D=1&e='],
  ])('lists in a query and a form as the service wants them, and null in neither: %s', async (lists, query, form) => {
    const { origin, requests } = await startServer(json(null));
    const fields = { t: ['a,b', null, 'c'], 'u[]': [1], none: null, empty: [], e: '' };
    await request({ config: { method: 'POST', bodyFormat: 'form', lists }, input: { url: origin, query: fields, body: fields } });
    expect([requests[0]?.url, requests[0]?.body]).toEqual([`/?${query}`, form]);
    await request({ config: { method: 'POST', bodyFormat: 'form', lists }, input: { url: origin, body: { 'o[]': [{ x: 1 }, { x: 2 }], p: [[1], [2]] } } });
    expect([...new URLSearchParams(requests[1]?.body)].map(([name]) => name).slice(0, 2)).toEqual(['o[0][x]', 'o[1][x]']);
  });

  test('a form needs fields', async () => {
    await expect(request({
      config: { method: 'POST', bodyFormat: 'form' },
      input: { url: 'http://127.0.0.1/', body: ['a'] },
    })).rejects.toMatchObject({ path: ['input', 'body'] });
  });

  test.each([['hello', 'hello'], [{ a: 1 }, '{"a":1}']])('text as it is: %j', async (body, sent) => {
    const { origin, requests } = await startServer(json(null));
    await request({ config: { method: 'POST', bodyFormat: 'text' }, input: { url: origin, body } });
    expect(requests[0]).toMatchObject({ body: sent, headers: { 'content-type': 'text/plain; charset=utf-8' } });
  });

  test('an explicit null is a JSON body; no body is none', async () => {
    const { origin, requests } = await startServer(json(null));
    await request({ config: { method: 'POST' }, input: { url: origin, body: null } });
    await request({ config: { method: 'POST' }, input: { url: origin } });
    expect(requests.map(({ body }) => body)).toEqual(['null', '']);
  });
});

describe('what is answered', () => {
  test.each([
    ['application/json; charset=utf-8', '{"a":1}', { a: 1 }],
    ['application/problem+json', '[1]', [1]],
    ['text/json', 'null', null],
    ['text/html', '<p>hi</p>', '<p>hi</p>'],
    ['text/csv', 'a,b', 'a,b'],
    ['application/xml', '<a/>', '<a/>'],
    ['application/atom+xml', '<a/>', '<a/>'],
    ['text/plain; charset=iso-8859-1', Buffer.from([0x66, 0xfc, 0x72]), 'für'],
    ['text/plain; charset=unheard-of', 'ok', 'ok'],
    ['text/xml', Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>Jos\xe9</a>', 'latin1'), '<?xml version="1.0" encoding="ISO-8859-1"?><a>José</a>'],
    [undefined, 'plain', 'plain'],
    ['application/pdf', Buffer.from([1, 2, 3]), { contentType: 'application/pdf', sizeBytes: 3, base64: 'AQID' }],
    [undefined, Buffer.from([0, 255]), { contentType: 'application/octet-stream', sizeBytes: 2, base64: 'AP8=' }],
    ['application/json', '', null],
    ['application/json', ' \r\n', null],
    ['text/plain', '\ufeff', null],
    ['application/json', '\ufeff{"ok":true}', { ok: true }],
    ['text/plain', Buffer.from([0xff, 0]), { contentType: 'text/plain', sizeBytes: 2, base64: '/wA=' }],
    ['application/octet-stream', '{"ok":true}', { contentType: 'application/octet-stream', sizeBytes: 11, base64: 'eyJvayI6dHJ1ZX0=' }],
  ])('%s', async (type, sent, read) => {
    const { origin } = await startServer(answerWith(type, sent));
    expect((await request({ input: { url: origin } })).body).toEqual(read);
  });

  test('that a text has to be made of, whatever its bytes are, is said in the run', async () => {
    const { origin } = await startServer(answerWith('application/json', Buffer.from('{"name":"Zo\xeb"}', 'latin1')));
    const context = createTestContext({ connector: http });
    expect(await http.operations['request']?.run?.(context, { url: origin }, defaults)).toMatchObject({ body: { name: 'Zo\ufffd' } });
    expect(context.warned).toEqual([expect.stringContaining('no text in its character set')]);
  });

  test.each([
    [`attachment; filename*=ISO-8859-1''Jos%E9.pdf`, 'José.pdf'],
    ['attachment; filename="..\\..\\etc/passwd"', 'passwd'],
  ])('names its file: %s', async (disposition, fileName) => {
    const { origin } = await startServer((_request, response) => void response
      .writeHead(200, { 'content-type': 'application/pdf', 'content-disposition': disposition })
      .end('%PDF'));
    expect((await request({ input: { url: origin } })).body).toMatchObject({ fileName });
  });

  test('can be read otherwise than it says', async () => {
    const { origin } = await startServer(answerWith('text/plain', '{"a":1}'));
    expect((await request({ config: { responseFormat: 'json' }, input: { url: origin } })).body).toEqual({ a: 1 });
    expect((await request({ config: { responseFormat: 'text' }, input: { url: origin } })).body).toBe('{"a":1}');
    expect((await request({ config: { responseFormat: 'binary' }, input: { url: origin } })).body).toMatchObject({ base64: 'eyJhIjoxfQ==' });
  });

  test('malformed JSON is named, with how it begins', async () => {
    const { origin } = await startServer(answerWith('application/json', '<html>Bad gateway</html>'));
    await expect(request({ input: { url: origin } })).rejects.toMatchObject({
      kind: 'contract_violation',
      message: expect.stringContaining('It begins with "<html>Bad gateway</html>"'),
    });
  });

  test('a key that would poison objects is refused', async () => {
    const { origin } = await startServer(answerWith('application/json', '{"__proto__":{"polluted":true}}'));
    await expect(request({ input: { url: origin } })).rejects.toBeInstanceOf(TerminalError);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  test("the service's own sentence is in the error", async () => {
    const { origin } = await startServer((_request, response) => void response
      .writeHead(422, { 'content-type': 'application/problem+json' })
      .end('{"error":{"message":"quantity must be positive"}}'));
    await expect(request({ input: { url: origin } })).rejects.toThrow('answered 422 (quantity must be positive)');
  });

  test('an error status can be left to the flow', async () => {
    const { origin } = await startServer((_request, response) => void response.writeHead(404, { 'content-type': 'application/json' }).end('{"found":false}'));
    expect(await request({ config: { failOnErrorStatus: false }, input: { url: origin } })).toMatchObject({ status: 404, body: { found: false } });
  });

  test('each cookie stands for itself, those of redirects too; other headers that come several times are one text', async () => {
    const cookies = ['sid=a1; Expires=Wed, 21 Oct 2037 07:28:00 GMT; Path=/', 'lang=de; HttpOnly'];
    const { origin } = await startServer(({ url }, response) =>
      void (url === '/old'
        ? response.writeHead(302, { location: '/new', 'set-cookie': 'first=A; Path=/' })
        : response.writeHead(200, { 'set-cookie': cookies, link: ['</p2>; rel="next"', '</p9>; rel="last"'] })).end(),
    );
    expect((await request({ input: { url: `${origin}/new` } })).headers).toMatchObject({ 'set-cookie': cookies, link: '</p2>; rel="next", </p9>; rel="last"' });
    expect((await request({ input: { url: `${origin}/old` } })).headers).toMatchObject({ 'set-cookie': ['first=A; Path=/', ...cookies] });
  });

  test('where it came from is in it; a POST that became a GET is said in the run', async () => {
    const { origin } = await startServer(
      ({ url }, response) => void (url === '/list' ? response.writeHead(200) : response.writeHead(url === '/kept' ? 307 : 302, { location: '/list' })).end(),
    );
    const call = async (path: string, method: string) => {
      const context = createTestContext({ connector: http });
      const output = await http.operations['request']?.run?.(context, { url: `${origin}${path}` }, { ...defaults, method });
      return [(output as JsonObject)['url'], context.warned];
    };
    expect(await call('/made', 'POST')).toEqual([`${origin}/list`, [expect.stringContaining(`${origin}/list and made the POST a GET`)]]);
    expect(await call('/kept', 'POST')).toEqual([`${origin}/list`, []]);
    expect(await call('/made', 'GET')).toEqual([`${origin}/list`, []]);
    expect(await call('/list', 'POST')).toEqual([`${origin}/list`, []]);
  });

  test('a redirect is followed, or handed back', async () => {
    const { origin } = await startServer(({ url }, response) =>
      void (url === '/old' ? response.writeHead(302, { location: '/new' }) : response.writeHead(200, { 'content-type': 'text/plain' })).end('there'));
    expect(await request({ input: { url: `${origin}/old` } })).toMatchObject({ status: 200, body: 'there' });
    expect(await request({ config: { followRedirects: false }, input: { url: `${origin}/old` } })).toMatchObject({
      status: 302,
      headers: { location: '/new' },
    });
  });
});

const bearer = (host: string): ConnectionValues => ({ scheme: 'bearer', config: { host }, credentials: { token: 'canary' } });

describe('credentials', () => {
  test.each<[string, JsonObject, JsonObject, Record<string, string>, string]>([
    ['bearer', {}, { token: 'canary' }, { authorization: 'Bearer canary' }, '/orders?a=1'],
    ['basic', {}, { username: 'ada', password: 'pä:ss' }, { authorization: `Basic ${Buffer.from('ada:pä:ss').toString('base64')}` }, '/orders?a=1'],
    ['api-key', { name: 'X-Key' }, { key: 'canary' }, { 'x-key': 'canary' }, '/orders?a=1'],
    ['api-key', { prefix: 'Token', name: 'Authorization', placement: 'header' }, { key: 'canary' }, { authorization: 'Token canary' }, '/orders?a=1'],
    ['api-key', {}, { key: 'canary' }, { 'x-api-key': 'canary' }, '/orders?a=1'],
    ['api-key', { placement: 'query', name: 'key' }, { key: 'can ary' }, {}, '/orders?a=1&key=can+ary'],
  ])('%s %j', async (scheme, config, credentials, headers, url) => {
    const { origin, host, requests } = await startServer(json(null));
    await request({ input: { url: `${origin}/orders?a=1` }, connection: { scheme, config: { host, ...config }, credentials } });
    expect(requests[0]).toMatchObject({ url, headers });
  });

  test("win over a header of the same name that a mapping brought along", async () => {
    const { origin, host, requests } = await startServer(json(null));
    await request({ input: { url: origin, headers: { Authorization: 'Bearer other' } }, connection: bearer(host) });
    expect(requests[0]?.headers.authorization).toBe('Bearer canary');
  });

  test.each([
    ['another host', 'api.example.com'],
    ['the host as a prefix', '127.0.0.1.evil.example'],
    ['another port', '127.0.0.1:1'],
    ['no port, when the address has one', '127.0.0.1'],
    ['a wildcard that does not fit', '*.example.com'],
    ['nothing at all', ''],
  ])('are not sent, and the call is refused at the address field: the connection is for %s', async (_title, allowed) => {
    const { origin, requests } = await startServer(json(null));
    const refused = request({ input: { url: `${origin}/orders` }, connection: bearer(allowed) });
    await expect(refused).rejects.toBeInstanceOf(InputError);
    await expect(refused).rejects.toMatchObject({ path: ['input', 'url'], message: expect.stringContaining('Nothing was sent') });
    expect(requests).toEqual([]);
  });

  test.each([
    'http://127.0.0.1:PORT@evil.example/', 'http://evil.example#@127.0.0.1:PORT/', 'http://evil.example/127.0.0.1:PORT',
    'http://evil.example\\@127.0.0.1:PORT/',
  ])('cannot be carried away by %s', async (form) => {
    const { host, requests } = await startServer(json(null));
    await expect(request({
      input: { url: form.replace('PORT', host.split(':')[1] ?? '') },
      connection: bearer(host),
    })).rejects.toMatchObject({ path: ['input', 'url'] });
    expect(requests).toEqual([]);
  });

  test.each([
    (host: string) => `api.example.com, ${host}`,
    (host: string) => `http://${host}/v1`,
    (host: string) => host.toUpperCase(),
  ])('reach every host they are for, however it was pasted (%#)', async (write) => {
    const { origin, host, requests } = await startServer(json(null));
    await request({ input: { url: origin }, connection: bearer(write(host)) });
    expect(requests[0]?.headers.authorization).toBe('Bearer canary');
  });

  test.each(['bearer', 'api-key'])('stay behind when a redirect leads to another host (%s)', async (scheme) => {
    const other = await startServer(json(null), '127.0.0.2');
    const first = await startServer((_request, response) => void response.writeHead(307, { location: `${other.origin}/in` }).end());
    await request({ input: { url: first.origin }, connection: { scheme, config: { host: first.host }, credentials: { token: 'canary', key: 'canary' } } });
    expect(other.requests).toHaveLength(1);
    expect(JSON.stringify(other.requests)).not.toContain('canary');
  });
});

describe('testing a connection', () => {
  const test1 = (connection: ConnectionValues) => http.testConnection?.(createTestContext({ connector: http, connection }));

  test('says that the host answered', async () => {
    const { host } = await startServer((_request, response) => void response.writeHead(404).end());
    await expect(test1(bearer(host))).resolves.toBe(`${host} answered with status 404 and did not refuse the credentials.`);
  });

  test('fails when the credentials are refused', async () => {
    const { host } = await startServer(({ headers }, response) => void response.writeHead(headers.authorization === 'Bearer right' ? 200 : 401).end());
    await expect(test1(bearer(host))).rejects.toBeInstanceOf(AuthError);
  });
});

describe('a wrong address is told at its field', () => {
  test.each(['orders', '', 'https://', '/orders', 'file:///etc/passwd', 'http://ada:secret@example.com/'])('%s', async (url) => {
    await expect(request({ input: { url } })).rejects.toMatchObject({ path: ['input', 'url'] });
  });

  test('a private network is refused with a sentence about the setting', async () => {
    const { origin, requests } = await startServer(json(null));
    await expect(request({ input: { url: origin }, allowLoopback: false })).rejects.toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('private networks Weft may call'),
    });
    expect(requests).toEqual([]);
  });

  test('nothing waits longer than the time-out', async () => {
    const { origin } = await startServer(() => undefined);
    await expect(request({ config: { timeoutSeconds: 0.05 }, input: { url: origin } })).rejects.toMatchObject({ kind: 'timeout', retryable: true });
  });
});

test('its tile shows method and address', () => {
  const [operation] = http.descriptor.operations;
  expect(summaryOf(operation ?? {}, { method: 'POST' }, { url: 'https://api.example.com/orders?key=1' })).toBe('POST api.example.com/orders');
});
