import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import type { Json } from '@weft/json-schema';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { flowOf, http, path, publishFlow, respond, text, webhook } from '../../../test/flow-parts.ts';
import { startService } from '../../../test/local-service.ts';
import { type Person, startWeft, type TestWeft } from '../../../test/weft.ts';
import { multipartFields } from './multipart.ts';

let weft: TestWeft;
let ada: Person;
let url: string;

beforeAll(async () => {
  weft = await startWeft();
  ada = await weft.claim();
  ({ url } = await publishFlow(
    ada,
    flowOf({ trigger: webhook({ path: 'files' }), respond: respond({ body: path('trigger', 'body') }) }, ['trigger → respond']),
  ));
});
afterAll(() => weft.stop());

const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 45, 45, 255, 0);
const base64 = Buffer.from(png).toString('base64');

async function echoed(body: string | Uint8Array<ArrayBuffer> | FormData, headers: Record<string, string> = {}): Promise<Json> {
  const response = await fetch(url, { method: 'POST', body, headers });
  return (await response.json()) as Json;
}

describe('a form with files', () => {
  test('brings its fields as texts and its files as file values, as a browser sends it', async () => {
    const form = new FormData();
    form.append('title', 'Ünï "x"\r\nsecond line');
    form.append('tag', 'a');
    form.append('tag', 'b,c');
    form.append('empty', '');
    form.append('na"me', '1');
    form.append('photo', new Blob([png], { type: 'image/png' }), 'Bild "€".png');
    form.append('photo', new Blob(['a\r\n--b']), 'b.txt');
    form.append('meta', new Blob(['{"a":1}'], { type: 'application/json' }), 'meta.json');
    expect(await echoed(form)).toEqual({
      title: 'Ünï "x"\r\nsecond line',
      tag: ['a', 'b,c'],
      empty: '',
      'na"me': '1',
      photo: [
        { fileName: 'Bild "€".png', contentType: 'image/png', sizeBytes: png.length, base64 },
        { fileName: 'b.txt', contentType: 'application/octet-stream', sizeBytes: 6, base64: Buffer.from('a\r\n--b').toString('base64') },
      ],
      meta: { fileName: 'meta.json', contentType: 'application/json', sizeBytes: 7, base64: Buffer.from('{"a":1}').toString('base64') },
    });
  });

  const part = (lines: string[], boundary = 'x') => [`--${boundary}`, ...lines, `--${boundary}--`, ''].join('\r\n');
  const type = { 'content-type': 'multipart/form-data; boundary="x"' };

  test('reads parts that say their own type, what stands around them, and what only begins like a boundary', async () => {
    const body =
      `before\r\n${part(['Content-Disposition: form-data; name="a"', '', '--xy', '\r\n--xyz', '--x  ', 'content-TYPE: application/json', 'CONTENT-disposition: form-data; name=b', '', '[1]', '--x', 'Content-Disposition: form-data; name="c"', 'Content-Type: text/plain; charset=iso-8859-1', '', 'é', '--x', 'Content-Disposition: form-data; name="none"; filename=""', 'Content-Type: application/octet-stream', '', ''])}after`;
    expect(await echoed(Buffer.from(body, 'latin1'), type)).toEqual({ a: '--xy\r\n\r\n--xyz', b: [1], c: 'é', none: null });
  });

  test('reads parts that are encoded as in a mail', async () => {
    const encoded = (encoding: string, content: string, name = 'n') =>
      part([`Content-Disposition: form-data; name="${name}"`, `Content-Transfer-Encoding: ${encoding}`, '', content]);
    expect(await echoed(encoded('base64', 'SGVs\r\nbG8='), type)).toEqual({ n: 'Hello' });
    expect(await echoed(encoded('BASE64', 'AP8=', 'f"; filename="a.bin'), type)).toMatchObject({ f: { sizeBytes: 2, base64: 'AP8=' } });
    expect(await echoed(encoded('quoted-printable', 'Jos=C3=A9 and a=\r\n line =3D 1'), type)).toEqual({ n: 'José and a line = 1' });
    for (const plain of ['8bit', 'binary', '7bit']) expect(await echoed(encoded(plain, 'SGVsbG8='), type)).toEqual({ n: 'SGVsbG8=' });
  });

  test.each([
    ['', 'null'],
    ['nothing', 'boundary'],
    [part(['Content-Disposition: form-data; name="a"', '', '1']).replace('--x--', ''), 'breaks off'],
    [part(['Content-Type: text/plain', '', '1']), 'no name'],
    [part(['Content-Disposition: form-data; name="__proto__"', '', '1']), '__proto__'],
    [part([`Content-Disposition: form-data; name="${'a'.repeat(10_000)}"`, '', '1']), 'no beginning'],
  ])('that is written otherwise is refused with a sentence: %#', async (body, said) => {
    expect(JSON.stringify(await echoed(body, type))).toContain(said);
  });

  test('comes back as it was written, whatever is in it', () => {
    const bytes = fc.uint8Array({ maxLength: 60 });
    fc.assert(
      fc.property(fc.array(bytes, { minLength: 1, maxLength: 5 }), (contents) => {
        const pieces = contents.flatMap((content, index) => [
          Buffer.from(`--xX\r\nContent-Disposition: form-data; name="f${index}"; filename="f"\r\n\r\n`),
          content,
          Buffer.from('\r\n'),
        ]);
        const fields = multipartFields(Buffer.concat([...pieces, Buffer.from('--xX--')]), 'multipart/form-data; boundary=xX', () => null);
        expect(Object.values(fields)).toEqual(contents.map((content) => ({
          fileName: 'f',
          contentType: 'application/octet-stream',
          sizeBytes: content.length,
          base64: Buffer.from(content).toString('base64'),
        })));
      }),
    );
  });
});

describe('a compressed body', () => {
  const json = '{"packed":true}';
  test.each([
    ['gzip', gzipSync(json)],
    ['x-gzip', gzipSync(json)],
    ['deflate', deflateSync(json)],
    ['deflate', deflateRawSync(json)],
    ['br', brotliCompressSync(json)],
    ['deflate, GZIP', gzipSync(deflateSync(json))],
    ['identity', Buffer.from(json)],
  ])('in %s is read as what it was', async (coding, body) => {
    expect(await echoed(body, { 'content-encoding': coding, 'content-type': 'application/json' })).toEqual({ packed: true });
  });

  test.each([
    ['gzip', Buffer.from(json), 400],
    ['gzip', gzipSync(json).subarray(0, 12), 400],
    ['lzma', Buffer.from(json), 415],
    ['gzip, gzip, gzip, gzip', gzipSync(json), 415],
    ['gzip', gzipSync(Buffer.alloc(6_000_000)), 413],
  ])('that says %s and is not, or grows beyond the limit, is refused', async (coding, body, status) => {
    const response = await fetch(url, { method: 'POST', body, headers: { 'content-encoding': coding, 'content-type': 'application/json' } });
    expect([response.status, await response.json()]).toEqual([status, { error: expect.stringMatching(/compressed|larger/) }]);
  });
});

test('a file of a caller goes through a service and back, with the headers on both ways, and is the same; large ones too', async () => {
  const service = await startService(({ headers, bytes }, response) =>
    void response
      .writeHead(200, {
        'content-type': headers['content-type'],
        'content-disposition': `attachment; filename*=iso-8859-1''caf%E9.bin`,
        'set-cookie': ['a=1', 'b=2'],
        'x-seen': headers['x-tag'],
      })
      .end(bytes),
  );
  onTestFinished(() => service.close());
  await ada.send('PATCH', '/settings', { privateNetworks: [service.hostAndPort] });
  const call = http({
    url: text(service.url),
    headers: path('trigger', 'query'),
    query: path('trigger', 'query'),
    body: path('trigger', 'body', 'photo'),
  }, { config: { method: 'POST', bodyFormat: 'file' } });
  const document = flowOf({
    trigger: webhook({ path: 'through' }),
    call,
    respond: respond({ headers: path('call', 'headers'), body: path('call', 'body') }),
  }, ['trigger → call', 'call → respond']);
  const flow = await publishFlow(ada, document);
  for (const bytes of [png, Uint8Array.from({ length: 700_000 }, (_, at) => (at * 7) % 256)]) {
    const form = new FormData();
    form.append('photo', new Blob([bytes], { type: 'application/x-photo' }), 'a.bin');
    const response = await fetch(`${flow.url}?x-tag=a&x-tag=b`, { method: 'POST', body: form });
    expect([response.status, response.headers.get('content-type'), response.headers.get('x-seen'), response.headers.get('set-cookie')]).toEqual([
      200, 'application/x-photo', 'a, b', null,
    ]);
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
  }
});

describe('an answer that is a file', () => {
  const answering = async (name: string, rules: Parameters<typeof respond>[0]) => {
    const flow = await publishFlow(ada, flowOf({ trigger: webhook({ path: name }), respond: respond(rules) }, ['trigger → respond']));
    return fetch(flow.url, {
      method: 'POST',
      body: png,
      headers: { 'content-type': 'image/png', 'content-disposition': `attachment; filename*=UTF-8''%E2%82%AC.png` },
    });
  };

  test('is sent as its bytes, with its type and its name', async () => {
    const response = await answering('file-back', { body: path('trigger', 'body') });
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(png);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-length': String(png.length),
      'content-disposition': `attachment; filename="_.png"; filename*=UTF-8''%E2%82%AC.png`,
      'content-security-policy': expect.stringMatching(/^sandbox;/),
    });
  });

  test('has the type and the name that the flow gives it', async () => {
    const response = await answering('file-named', {
      body: path('trigger', 'body'),
      'headers.content-type': text('application/x-own'),
      'headers.Content-Disposition': text('inline'),
    });
    expect([response.headers.get('content-type'), response.headers.get('content-disposition')]).toEqual(['application/x-own', 'inline']);
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(png);
  });

  test('is JSON where the flow says so, or where it is more than a file', async () => {
    const asJson = await answering('file-json', { body: path('trigger', 'body'), 'headers.content-type': text('application/json') });
    expect(await asJson.json()).toMatchObject({ base64 });
    const more = await answering('file-more', { 'body.base64': path('trigger', 'body', 'base64'), 'body.note': text('x') });
    expect(await more.json()).toEqual({ base64, note: 'x' });
  });
});
