import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { extname, join, resolve, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.map': 'application/json',
};
const compressible = /^(?:text|application|image\/svg)/;

interface Page {
  type: string;
  etag: string;
  plain: Buffer;
  br?: Buffer;
  gzip?: Buffer;
}

/**
 * The web app's files, read once and kept compressed. Unknown paths without an extension get the app's first page, which
 * finds its way by the address.
 * @param folder - what the web app's build made.
 */
export function createPages(folder: string): (request: Request, path: string) => Promise<Response | null> {
  const root = resolve(folder);
  const pages = new Map<string, { modified: number; page: Promise<Page> }>();

  async function find(path: string): Promise<Page | null> {
    const file = resolve(join(root, path));
    if (!file.startsWith(root + sep)) return null;
    const found = await stat(file).catch(() => null);
    if (!found?.isFile()) return null;
    const known = pages.get(file);
    if (known?.modified === found.mtimeMs) return known.page;
    const page = load(file);
    pages.set(file, { modified: found.mtimeMs, page });
    return page;
  }

  return async (request, path) => {
    const isFile = extname(path) !== '';
    const page = (isFile ? await find(path) : null) ?? (isFile ? null : await find('index.html'));
    if (!page) {
      return isFile
        ? null
        : new Response('The web app is not built yet. Run “pnpm build”, then start again.', {
          status: 503,
          headers: { 'content-type': 'text/plain; charset=utf-8' },
        });
    }
    const headers = new Headers({
      'content-type': page.type,
      etag: page.etag,
      vary: 'accept-encoding',
      // Names under assets/ carry a hash of their content.
      'cache-control': path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    });
    if (request.headers.get('if-none-match') === page.etag) return new Response(null, { status: 304, headers });
    const accepted = request.headers.get('accept-encoding') ?? '';
    const encoding = page.br && /\bbr\b/.test(accepted) ? 'br' : page.gzip && /\bgzip\b/.test(accepted) ? 'gzip' : null;
    if (encoding) headers.set('content-encoding', encoding);
    const body = new Uint8Array((encoding && page[encoding]) || page.plain);
    headers.set('content-length', String(body.byteLength));
    return new Response(request.method === 'HEAD' ? null : body, { headers });
  };
}

async function load(file: string): Promise<Page> {
  const plain = await readFile(file);
  const type = types[extname(file)] ?? 'application/octet-stream';
  const page: Page = { type, plain, etag: `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"` };
  if (compressible.test(type) && plain.length > 1024) {
    [page.br, page.gzip] = await Promise.all([compressed(file, plain), promisify(gzip)(plain)]);
  }
  return page;
}

/** What the build compressed with all its time, where it is there; otherwise a quick compression now. */
async function compressed(file: string, plain: Buffer): Promise<Buffer> {
  const made = await readFile(`${file}.br`).catch(() => null);
  return made ?? promisify(brotliCompress)(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
}
