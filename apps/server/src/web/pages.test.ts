import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPages } from './pages.ts';

const folder = mkdtempSync(join(tmpdir(), 'weft-pages-'));
const script = `console.log(${JSON.stringify('x'.repeat(5_000))});`;
beforeAll(() => {
  mkdirSync(join(folder, 'web', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'web', 'index.html'), '<!doctype html><title>Weft</title>');
  writeFileSync(join(folder, 'web', 'assets', 'index-abc.js'), script);
  writeFileSync(join(folder, 'secret.txt'), 'secret');
});
afterAll(() => rmSync(folder, { recursive: true }));

const pages = createPages(join(folder, 'web'));
const get = async (path: string, headers: Record<string, string> = {}) => pages(new Request(`http://localhost${path}`, { headers }), path);

test('every address of the app gets its first page, asked for anew each time', async () => {
  for (const path of ['/', '/flows', '/w/ws_1/flows/flow_1', '/setup']) {
    const page = await get(path);
    expect(await page?.text()).toContain('<title>Weft</title>');
    expect(page?.headers.get('cache-control')).toBe('no-cache');
  }
});

test('files with a hash in their name are kept for good; a missing one is no page', async () => {
  const file = await get('/assets/index-abc.js');
  expect(file?.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  expect(file?.headers.get('cache-control')).toMatch(/immutable/);
  expect(await get('/assets/index-old.js')).toBeNull();
});

test('an unchanged page is not sent again', async () => {
  const etag = (await get('/'))?.headers.get('etag') ?? '';
  expect((await get('/', { 'if-none-match': etag }))?.status).toBe(304);
});

describe('compression', () => {
  const decoders = { br: brotliDecompressSync, gzip: gunzipSync };
  test.each(['br', 'gzip'] as const)('%s unpacks to the same', async (encoding) => {
    const response = await get('/assets/index-abc.js', { 'accept-encoding': encoding });
    expect(response?.headers.get('content-encoding')).toBe(encoding);
    const bytes = Buffer.from((await response?.arrayBuffer()) ?? new ArrayBuffer());
    expect(decoders[encoding](bytes).toString()).toBe(script);
    expect(bytes.length).toBeLessThan(500);
  });
});

test.each([
  '/../secret.txt', '/assets/../../secret.txt', '/..%2fsecret.txt', '//../secret.txt', '/assets/..\\..\\secret.txt',
])('%s leads nowhere', async (path) => {
  const page = await pages(new Request('http://localhost/'), path);
  expect(page ? await page.text() : '').not.toContain('secret');
});

test('before the first build a sentence says what to do', async () => {
  const page = await createPages(join(folder, 'none'))(new Request('http://localhost/'), '/');
  expect(page?.status).toBe(503);
  expect(await page?.text()).toMatch(/pnpm build/);
});
