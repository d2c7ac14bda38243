import { createHash } from 'node:crypto';

/**
 * An answer that is the same for everybody who may ask, as long as the program runs. Browsers keep it, ask each time whether it still
 * holds, and read it again only where it does not. What belongs to a workspace is not answered so: it would stay on the disks of browsers.
 */
export function keptAnswer(value: () => unknown): (request: Request) => Response {
  let made: { text: string; tag: string } | undefined;
  return (request) => {
    made ??= withTag(JSON.stringify(value()));
    const headers = { 'cache-control': 'private, no-cache', etag: made.tag };
    const known = request.headers.get('if-none-match')?.split(',').map((tag) => tag.trim());
    if (known?.includes(made.tag)) return new Response(null, { status: 304, headers });
    return new Response(made.text, { headers: { ...headers, 'content-type': 'application/json' } });
  };
}

/** Weak: it travels compressed in different ways. */
const withTag = (text: string) => ({ text, tag: `W/"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"` });
