import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Person, startWeft, type TestWeft } from '../../test/weft.ts';
import type { FilePreview, FileSummary } from '@weft/api';

let weft: TestWeft;
let ada: Person;
beforeAll(async () => {
  weft = await startWeft({ quotaBytes: 100_000 });
  ada = await weft.claim();
});
afterAll(() => weft.stop());

const address = (name: string, rest = '') => `/w/${ada.workspace}/files/${encodeURIComponent(name)}${rest}`;

async function upload(name: string, bytes: string | Uint8Array<ArrayBuffer>): Promise<Response> {
  return fetch(`${weft.url}/api/v1${address(name)}`, {
    method: 'PUT',
    body: bytes,
    headers: { cookie: ada.cookies, origin: weft.url, 'content-type': 'application/octet-stream' },
  });
}

const list = async () => (await ada.send<{ files: FileSummary[]; usedBytes: number; quotaBytes: number }>('GET', `/w/${ada.workspace}/files`)).body;

describe('an upload', () => {
  test('does not pass the quota together with nine others at the same moment', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, (_, index) => upload(`at-once-${index}.bin`, new Uint8Array(90_000))));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const { files, usedBytes, quotaBytes } = await list();
    expect(usedBytes).toBeLessThanOrEqual(quotaBytes);
    for (const { name } of files) expect((await ada.send('DELETE', address(name))).status).toBe(204);
  });

  test('can be downloaded again byte by byte, and is never shown as a page', async () => {
    const bytes = Uint8Array.from({ length: 5_000 }, (_, index) => index % 256);
    expect(await (await upload('data.bin', bytes)).json()).toMatchObject({ name: 'data.bin', sizeBytes: 5_000, runId: null });
    const response = await fetch(`${weft.url}/api/v1${address('data.bin')}`, { headers: { cookie: ada.cookies } });
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes);
    expect(response.headers.get('content-disposition')).toMatch(/^attachment/);
    expect(response.headers.get('content-security-policy')).toMatch(/sandbox/);
    expect(response.headers.get('content-type')).toBe('application/octet-stream');
  });

  test('replaces the file of that name, keeps folders and empty files', async () => {
    await upload('reports/march.csv', 'a,b\n1,2\n');
    await upload('reports/march.csv', 'a,b\n');
    await upload('empty.txt', '');
    const { files } = await list();
    expect(files.find(({ name }) => name === 'reports/march.csv')?.sizeBytes).toBe(4);
    expect(files.find(({ name }) => name === 'empty.txt')?.sizeBytes).toBe(0);
    expect((await fetch(`${weft.url}/api/v1${address('empty.txt')}`, { headers: { cookie: ada.cookies } })).status).toBe(200);
  });

  test('is downloaded whole, the old or the new, while others replace it', async () => {
    const versions = ['old '.repeat(10_000), 'a new one '.repeat(20)];
    await upload('changing.txt', versions[0] ?? '');
    const replacing = (async () => {
      for (let turn = 0; turn < 40; turn += 1) expect((await upload('changing.txt', versions[turn % 2] ?? '')).status).toBe(200);
    })();
    for (let turn = 0; turn < 60; turn += 1) {
      const response = await fetch(`${weft.url}/api/v1${address('changing.txt')}`, { headers: { cookie: ada.cookies } });
      expect(versions).toContain(await response.text());
    }
    await replacing;
  });

  test('says in the head alone how large it is', async () => {
    await upload('head.txt', 'four');
    const response = await fetch(`${weft.url}/api/v1${address('head.txt')}`, { method: 'HEAD', headers: { cookie: ada.cookies } });
    expect([response.status, response.headers.get('content-length')]).toEqual([200, '4']);
  });

  test('beyond the quota is refused, leaves nothing behind, and the old file stays', async () => {
    await upload('kept.txt', 'old');
    const answer = await upload('kept.txt', 'x'.repeat(150_000));
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({ detail: expect.stringMatching(/not enough space/) });
    expect((await list()).files.find(({ name }) => name === 'kept.txt')?.sizeBytes).toBe(3);
    expect(readdirSync(join(weft.folder, 'files', '.aside'))).toEqual([]);
  });

  test('that says it is larger than the space left is refused before it is sent', async () => {
    const headers = { cookie: ada.cookies, origin: weft.url, 'content-type': 'application/octet-stream', 'content-length': 200_000_000 };
    const sender = request(`${weft.url}/api/v1${address('large.csv')}`, { method: 'PUT', headers });
    // It is cut off at the end, with the body not sent.
    sender.on('error', () => undefined);
    sender.flushHeaders();
    const [answer] = (await once(sender, 'response')) as [IncomingMessage];
    expect(answer.statusCode).toBe(422);
    expect(await text(answer)).toMatch(/not enough space/);
    sender.destroy();
  });

  test('as JSON that looks like a form’s file is data only', async () => {
    await upload('form.json', '{"files":{"a":{"filepath":"/etc/passwd"}}}');
    const preview = (await ada.send<FilePreview>('GET', address('form.json', '/preview'))).body;
    expect(preview.text).toBe('{"files":{"a":{"filepath":"/etc/passwd"}}}');
  });
});

test.each([
  '../weft.sqlite',
  '../../key',
  '..',
  '.',
  '.hidden',
  'a/../../b',
  '/etc/passwd',
  'a//b',
  'a\\b',
  'C:x',
  'a\0b',
  'tickets.sqlite-wal',
  ' x',
  'x.',
  '日'.repeat(100),
  'x'.repeat(201),
])(
  'the name “%s” is refused on every verb',
  async (name) => {
    // A dot alone would be taken out of the address by the browser itself.
    const path = name === '.' || name === '..' ? `/w/${ada.workspace}/files/${name.replaceAll('.', '%2e')}%2f` : address(name);
    for (const method of ['GET', 'PUT', 'DELETE']) expect((await ada.send(method, path)).status).toBe(400);
    expect((await ada.send('GET', `${path}/preview`)).status).toBe(400);
    expect(existsSync(join(weft.folder, 'weft.sqlite'))).toBe(true);
  },
);

test('a file cannot be a folder at once', async () => {
  await upload('both/inner.txt', 'x');
  expect((await upload('both', 'x')).status).toBe(422);
  await upload('plain', 'x');
  expect((await upload('plain/inner.txt', 'x')).status).toBe(422);
});

test('a deleted file is gone', async () => {
  await upload('gone.txt', 'x');
  expect((await ada.send('DELETE', address('gone.txt'))).status).toBe(204);
  expect((await ada.send('GET', address('gone.txt'))).status).toBe(404);
  expect((await ada.send('DELETE', address('gone.txt'))).status).toBe(404);
});

describe('a preview', () => {
  const preview = async (name: string, bytes: string | Uint8Array<ArrayBuffer>) => {
    await upload(name, bytes);
    return (await ada.send<FilePreview>('GET', address(name, '/preview'))).body;
  };

  test('of CSV is a table, whatever the delimiter and encoding', async () => {
    expect(await preview('semicolon.csv', 'name;town\nÅse;Tromsø\n')).toEqual({
      table: { columns: ['name', 'town'], rows: [['Åse', 'Tromsø']] },
      text: null,
      truncated: false,
    });
    const latin = Uint8Array.from(Buffer.from('name,town\n\xc5se,Troms\xf8\n', 'latin1'));
    expect((await preview('latin.csv', latin)).table?.rows).toEqual([['Åse', 'Tromsø']]);
  });

  test('of many rows shows the first ones and says so', async () => {
    const { table, truncated } = await preview('many.csv', `n\n${Array.from({ length: 1_000 }, (_, index) => index).join('\n')}\n`);
    expect(table?.rows).toHaveLength(200);
    expect(truncated).toBe(true);
  });

  test('of CSV is read as steps read it: UTF-16 without a mark, old line ends, a row that is broken', async () => {
    expect((await preview('wide.csv', Uint8Array.from(Buffer.from('id\tname\r\n1\tÄnne\r\n', 'utf16le')))).table).toEqual({
      columns: ['id', 'name'],
      rows: [['1', 'Änne']],
    });
    expect((await preview('mac.csv', 'id,name\r1,Ann\r2,Ben\r')).table?.rows).toEqual([['1', 'Ann'], ['2', 'Ben']]);
    expect((await preview('quotes.csv', 'a,b\n"x" y,1\n2,3\n')).table?.rows).toEqual([['"x" y,1', ''], ['2', '3']]);
    expect((await preview('note.txt', Uint8Array.from(Buffer.from('\ufeffÄnne', 'utf16le')))).text).toBe('Änne');
  });

  test('of CSV that is broken is its text', async () => {
    expect(await preview('broken.csv', '"never closed')).toEqual({ table: null, text: '"never closed', truncated: false });
  });

  test('of text is text, of anything else nothing', async () => {
    expect(await preview('note.txt', '<script>alert(1)</script>')).toEqual({ table: null, text: '<script>alert(1)</script>', truncated: false });
    expect(await preview('image.png', Uint8Array.from([0x89, 0x50, 0xff, 0, 1, 2]))).toEqual({ table: null, text: null, truncated: false });
  });
});
