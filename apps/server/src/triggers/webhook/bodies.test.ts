import { request as httpRequest } from 'node:http';
import type { Json, JsonObject } from '@weft/json-schema';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { flowOf, path, publishFlow, respond, webhook } from '../../../test/flow-parts.ts';
import { type Person, startWeft, type TestWeft } from '../../../test/weft.ts';

let weft: TestWeft;
let ada: Person;
let url: string;

beforeAll(async () => {
  weft = await startWeft();
  ada = await weft.claim();
  ({ url } = await publishFlow(ada, flowOf({ trigger: webhook({ path: 'bodies' }), respond: respond({ body: path('trigger') }) }, ['trigger → respond'])));
});
afterAll(() => weft.stop());

interface Answered {
  status: number;
  /** What the flow received; or the error. */
  received: JsonObject;
}

/** Byte for byte as given: fetch adds a content type of its own. */
function call(body: string | Uint8Array, headers: Record<string, string | string[]> = {}, to = url): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(to, { method: 'POST', headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, received: JSON.parse(Buffer.concat(chunks).toString()) as JsonObject }));
    });
    sent.once('error', reject);
    sent.end(body);
  });
}

const bodyOf = async (body: string | Uint8Array, type: string | undefined, headers: Record<string, string> = {}): Promise<Json | undefined> =>
  (await call(body, { ...(type !== undefined && { 'content-type': type }), ...headers })).received['body'];

const file = (bytes: Uint8Array, contentType: string, fileName?: string) => ({
  fileName,
  contentType,
  sizeBytes: bytes.length,
  base64: Buffer.from(bytes).toString('base64'),
});

const jsonTypes = ['application/json', 'APPLICATION/JSON;charset="UTF-8"', 'application/vnd.api+json', 'application/cloudevents+json', 'text/json'];
const textTypes = [undefined, 'text/plain', 'application/x-ndjson', 'application/octet-stream', 'application/xml'];

describe('a body', () => {
  test.each(jsonTypes)('of %s is what the JSON is', async (type) => {
    for (const text of ['[{"a":1}]', '"x"', '5', 'null', '\ufeff{"a":1}']) {
      expect(await bodyOf(text, type)).toEqual(JSON.parse(text.replace('\ufeff', '')));
    }
  });

  test('of XML is the text in the character set that it names itself', async () => {
    const order = '<?xml version="1.0" encoding="ISO-8859-1"?><order><name>José</name></order>';
    expect(await bodyOf(Buffer.from(order, 'latin1'), 'application/xml')).toBe(order);
    expect(await bodyOf(order, 'text/xml')).toBe(order);
  });

  test.each(textTypes)('of %s is the text', async (type) => {
    for (const text of ['[{"a":1}]', '5', 'Grüße']) expect(await bodyOf(text, type)).toBe(text);
  });

  test.each([...jsonTypes, ...textTypes, 'application/x-www-form-urlencoded'])('of %s that is nothing is null', async (type) => {
    for (const text of ['', ' \r\n', '\ufeff', '\ufeff \n']) expect(await bodyOf(text, type)).toBeNull();
  });

  test('of bytes that are no text is a file, whatever its type, and loses none of them', async () => {
    const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0xff, 0);
    for (const type of ['image/png', 'application/gzip', 'application/octet-stream', 'text/plain', 'application/x-unheard-of']) {
      expect(await bodyOf(png, type)).toEqual(file(png, type));
    }
    expect(await bodyOf(png, undefined)).toEqual(file(png, 'application/octet-stream'));
    const named = { 'content-disposition': `attachment; filename*=UTF-8''Bild%20%E2%82%AC.png` };
    expect(await bodyOf(png, 'image/png', named)).toEqual(file(png, 'image/png', 'Bild €.png'));
  });

  test('of a file’s type is a file although its bytes could be a text', async () => {
    const pdf = Buffer.from('%PDF-1.4\n%%EOF\n');
    expect(await bodyOf(pdf, 'application/pdf')).toEqual(file(pdf, 'application/pdf'));
  });

  test('of JSON is UTF-8 where it can be, whatever Latin character set its type names', async () => {
    const json = 'application/json; charset=ISO-8859-1';
    expect(await bodyOf('{"n":"José"}', json)).toEqual({ n: 'José' });
    expect(await bodyOf(Buffer.from('{"n":"José"}', 'latin1'), json)).toEqual({ n: 'José' });
  });

  test('of JSON that is no text in its character set is refused', async () => {
    const { status, received } = await call(Buffer.from('{"n":"H\xebllo"}', 'latin1'), { 'content-type': 'application/json' });
    expect([status, received['error']]).toEqual([400, expect.stringContaining('Send it in UTF-8')]);
    expect(await bodyOf(Buffer.from('{"n":"H\xebllo"}', 'latin1'), 'application/json; charset=latin1')).toEqual({ n: 'Hëllo' });
  });
});

describe('names that come several times', () => {
  test('are lists in a query, a form and among headers; a comma stays within its value', async () => {
    const query = await call('', {}, `${url}?tag=a&tag=b%2Cc&e=&flag&one=1`);
    expect(query.received['query']).toEqual({ tag: ['a', 'b,c'], e: '', flag: '', one: '1' });
    const form = 'x=1&x=2&u%5Bname%5D=A&u[tags][]=p&u[tags][]=q&=&plus=1+1&pct=100%&&z';
    expect(await bodyOf(form, 'application/x-www-form-urlencoded')).toEqual({
      x: ['1', '2'],
      'u[name]': 'A',
      'u[tags][]': ['p', 'q'],
      '': '',
      plus: '1 1',
      pct: '100%',
      z: '',
    });
    const { received } = await call('{}', { 'x-tag': ['a', 'b, c'], 'x-one': 'd, e', 'content-type': 'application/json' });
    expect(received['headers']).toMatchObject({ 'x-tag': ['a', 'b, c'], 'x-one': 'd, e' });
  });

  test('are lists of one where the trigger’s output says a list', async () => {
    const learned = { method: 'POST', headers: {}, query: { t: ['a', 'b'], q: 'x' }, body: { x: ['1', '2'], y: '1' } };
    const trigger = { ...webhook({ path: 'learned' }), samples: [{ title: 'Two', output: learned }] };
    const flow = await publishFlow(ada, flowOf({ trigger, respond: respond({ body: path('trigger') }) }, ['trigger → respond']));
    const { received } = await call('x=1&y=2', { 'content-type': 'application/x-www-form-urlencoded' }, `${flow.url}?t=a,b&q=c`);
    expect(received).toMatchObject({ query: { t: ['a,b'], q: 'c' }, body: { x: ['1'], y: '2' } });
  });
});

describe('escapes', () => {
  test('are read in the character set of the form', async () => {
    const type = 'application/x-www-form-urlencoded; charset=windows-1252';
    expect(await bodyOf('first=Jos%E9&note=%80', type)).toEqual({ first: 'José', note: '€' });
    expect(await bodyOf(Buffer.from('first=Jos\xe9', 'latin1'), type)).toEqual({ first: 'José' });
    expect(await bodyOf('%8A%BF=%83A', 'application/x-www-form-urlencoded; charset=shift_jis')).toEqual({ 漢: 'ア' });
    expect(await bodyOf('first=Jos%C3%A9', 'application/x-www-form-urlencoded')).toEqual({ first: 'José' });
  });

  test('are read in the character set that a field of the form names, where nothing else does', async () => {
    const form = 'application/x-www-form-urlencoded';
    expect(await bodyOf('charset=windows-1252&payer=Jos%E9+%80', form)).toEqual({ charset: 'windows-1252', payer: 'José €' });
    expect(await bodyOf('payer=Jos%E9&_charset_=iso-8859-1', form)).toEqual({ payer: 'José', _charset_: 'iso-8859-1' });
    expect(await bodyOf('charset=windows-1252&payer=Jos%C3%A9', form)).toEqual({ charset: 'windows-1252', payer: 'José' });
    expect(await bodyOf('charset=nobody-knows&payer=Jos%E9', form)).toEqual({ charset: 'nobody-knows', payer: 'Jos%E9' });
  });

  test('that are no text stay as they are written', async () => {
    expect((await call('', {}, `${url}?q=r%E4kki&ok=%E2%82%AC&half=%e2%82&odd=%zz`)).received['query']).toEqual({
      q: 'r%E4kki',
      ok: '€',
      half: '%e2%82',
      odd: '%zz',
    });
  });

  test('hide no name that is refused', async () => {
    expect((await call('', {}, `${url}?__prot%6F__=1`)).status).toBe(400);
    expect((await call('__proto__=1', { 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(400);
    expect((await call(`${'a=1&'.repeat(10_001)}`, { 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(400);
  });
});
