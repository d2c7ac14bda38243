import type { ConnectionValues, Json } from '@weft/connector-sdk';
import { describe, expect, it } from 'vitest';
import { createTestContext } from '../../test/context.ts';
import { startServer } from '../../test/echo-server.ts';
import { everyCursorGoesOn, readAll, recordsOf } from '../../test/read-all.ts';
import http from './index.ts';

const settings = { list: 'items', paging: 'page', pageParameter: 'page', firstPage: 1, cursorField: 'next', cursorParameter: 'after' };
const source = (url: string, config: object = {}, connection?: ConnectionValues) => ({
  connector: http,
  operation: 'records',
  context: createTestContext({ connector: http, connection }),
  config: { ...settings, ...config },
  input: { url },
});

/** Seven items, three on a page, however they are asked for. */
const service = () =>
  startServer(({ url }, response) => {
    const { searchParams, pathname } = new URL(url, 'http://x');
    const page = Number(searchParams.get('page') ?? searchParams.get('after') ?? 1);
    const items = [1, 2, 3, 4, 5, 6, 7].slice((page - 1) * 3, page * 3).map((id) => ({ id }));
    const isLast = page >= 3;
    const link = isLast ? {} : { link: `</other>; rel="prev", <${pathname}?page=${page + 1}>; rel="next"` };
    response.writeHead(200, { 'content-type': 'application/json', ...link });
    response.end(JSON.stringify({ items, ...(!isLast && { next: String(page + 1) }) }));
  });

describe('the items of a paged list', () => {
  it.each(['page', 'cursor', 'link'])('are those of all pages, by %s, and the page is the cursor', async (paging) => {
    const { origin } = await service();
    const options = source(`${origin}/orders?state=open`, { paging });
    expect(recordsOf(await readAll(options))).toEqual([1, 2, 3, 4, 5, 6, 7].map((id) => ({ id })));
    await everyCursorGoesOn(options);
  });

  it.each([
    ['page', ['page=1', 'page=2', 'page=3']],
    ['cursor', ['', 'after=2', 'after=3']],
  ])('leave the rest of the address as it is written, by %s', async (paging, added) => {
    const { origin, requests } = await service();
    await readAll(source(`${origin}/orders?q=r%E4kki&sig=a%20b%2b`, { paging }));
    for (const part of added) expect(requests.map(({ url }) => url)).toContain(['/orders?q=r%E4kki&sig=a%20b%2b', ...(part === '' ? [] : [part])].join('&'));
  });

  it('of one page only give no cursor', async () => {
    const { origin } = await service();
    const [batch, ...others] = await readAll(source(origin, { paging: 'none' }));
    expect([batch?.records.length, others.length, batch?.cursor]).toEqual([3, 0, undefined]);
  });

  it.each([[204, ''], [200, ' \n'], [200, 'null'], [200, '{"items":null}']])('end with an answer that has nothing in it: %i %j', async (status, body) => {
    const { origin, requests } = await startServer((_request, response) =>
      void (requests.length > 1
        ? response.writeHead(status).end(body)
        : response.writeHead(200, { 'content-type': 'application/json' }).end('{"items":[{"id":1}]}')),
    );
    expect(recordsOf(await readAll(source(origin)))).toEqual([{ id: 1 }]);
  });

  it('end where a service gives the same page for ever', async () => {
    const { origin } = await startServer((_request, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end('{"items":[1]}'));
    await expect(readAll(source(origin))).rejects.toThrow(/same page twice/);
  });

  it.each([
    ['with a comma in its title', (next: string) => `<${next}>; title="next, please"; rel="next"`],
    ['behind another with one', (next: string) => `</other>; rel="first"; title="Page one, the first", <${next}&f=a,b>; rel="next"`],
    ['in single quotes', (next: string) => `<${next}>; rel='next'`],
    ['without quotes, in capital letters', (next: string) => `<${next}>;REL=NEXT`],
    ['beside another relation', (next: string) => `<${next}>; rel="last next"; foo`],
  ])('go on by a link that is written %s', async (_how, link) => {
    const { origin } = await startServer(({ url }, response) => {
      const page = Number(new URL(url, 'http://x').searchParams.get('page') ?? 1);
      response.writeHead(200, { 'content-type': 'application/json', ...(page < 3 && { link: link(`/?page=${page + 1}`) }) });
      response.end(JSON.stringify([{ page }]));
    });
    expect(recordsOf(await readAll(source(origin, { paging: 'link', list: '' })))).toEqual([{ page: 1 }, { page: 2 }, { page: 3 }]);
  });

  const byField = (next: (page: number, origin: string) => object | undefined) =>
    startServer(({ url, headers }, response) => {
      const page = Number(new URL(url, 'http://x').searchParams.get('page') ?? 1);
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ items: [{ page }], ...next(page, `http://${headers['host']}`) }));
    });

  it.each([
    ['next', (page: number, origin: string) => ({ next: page < 3 ? `${origin}/?page=${page + 1}` : null })],
    ['@odata.nextLink', (page: number) => (page < 3 ? { '@odata.nextLink': `/?page=${page + 1}` } : undefined)],
    ['links.next', (page: number) => ({ links: page < 3 ? { next: `?page=${page + 1}` } : {} })],
  ])('go on by the address at “%s” of an answer', async (cursorField, next) => {
    const { origin } = await byField(next);
    const options = source(origin, { paging: 'address', cursorField });
    expect(recordsOf(await readAll(options))).toEqual([{ page: 1 }, { page: 2 }, { page: 3 }]);
    await everyCursorGoesOn(options);
  });

  it('are not asked for with an address as cursor', async () => {
    const { origin } = await byField((page, from) => ({ next: `${from}/?page=${page + 1}` }));
    await expect(readAll(source(origin, { paging: 'cursor' }))).rejects.toThrow(/is an address. Let the next page be found by its address/);
  });

  it('end where the places of a service go round', async () => {
    const { origin } = await byField((page) => ({ next: page < 3 ? page + 1 : 1 }));
    await expect(readAll(source(origin, { paging: 'cursor', cursorParameter: 'page' }))).rejects.toThrow(/same page twice/);
  });

  it('go on at a place that stays the same, as that of a scroll does', async () => {
    const { origin, requests } = await startServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ items: requests.length > 3 ? [] : [requests.length], next: requests.length > 3 ? null : 'scroll' }));
    });
    expect(recordsOf(await readAll(source(origin, { paging: 'cursor' })))).toEqual([1, 2, 3]);
  });

  it('end with a page that is not there, and it is told', async () => {
    const { origin } = await startServer(({ url }, response) => {
      const page = Number(new URL(url, 'http://x').searchParams.get('page'));
      response.writeHead(page > 2 ? 404 : 200, { 'content-type': 'application/json' }).end(JSON.stringify({ items: [{ page }] }));
    });
    const options = source(origin);
    expect(recordsOf(await readAll(options))).toEqual([{ page: 1 }, { page: 2 }]);
    expect(options.context.warned).toEqual([expect.stringContaining('404 for page 3')]);
    await expect(readAll(source(`${origin}/none`, { firstPage: 9 }))).rejects.toThrow(/404/);
  });

  it.each([
    [{ paging: 'cursor', cursorField: 'nxt' }, { next: 'b' }, 'next'],
    [{ paging: 'cursor', cursorField: 'after' }, { paging: { next: { after: 'b' } } }, 'paging.next.after'],
    [{ paging: 'link' }, { _links: { self: { href: '/' }, next: { href: '/?page=2' } } }, '_links.next.href'],
    [{ paging: 'none' }, { has_more: true }, 'has_more'],
  ])('that end although there seems to be more are told: %j', async (config, more, hint) => {
    const { origin } = await byField(() => more);
    const options = source(origin, config);
    expect(recordsOf(await readAll(options))).toEqual([{ page: 1 }]);
    expect(options.context.warned).toEqual([expect.stringContaining(`“${hint}”`)]);
  });

  it.each([
    [{ paging: 'cursor', cursorField: 'paging.next.after' }, { total: 1 }],
    [{ paging: 'cursor' }, { next: '' }],
    [{ paging: 'none' }, { has_more: false, prev_cursor: 'a', first: { href: '/' } }],
  ])('that end with their only page say nothing of it: %j', async (config, more) => {
    const { origin } = await byField(() => more);
    const options = source(origin, config);
    expect(recordsOf(await readAll(options))).toEqual([{ page: 1 }]);
    expect(options.context.warned).toEqual([]);
  });

  it('are looked for where the settings say, or it is told', async () => {
    const { origin } = await service();
    await expect(readAll(source(origin, { list: 'data' }))).rejects.toThrow(/no list at “data”/);
    await expect(readAll(source(origin, { list: '' }))).rejects.toThrow(/Say where in it the list is/);
  });

  it('that a link leads to elsewhere get no credentials', async () => {
    const elsewhere = await startServer((_request, response) => void response.end('{"items":[]}'));
    const { origin, host } = await startServer((_request, response) =>
      void response.writeHead(200, { 'content-type': 'application/json', link: `<${elsewhere.origin}/>; rel=next` }).end('{"items":[1]}'),
    );
    const connection = { scheme: 'bearer', config: { host }, credentials: { token: 'canary-token' } };
    await expect(readAll(source(origin, { paging: 'link' }, connection))).rejects.toThrow(/Nothing was sent/);
    expect(elsewhere.requests).toEqual([]);
  });

  it('that cannot be had for a while are worth another try', async () => {
    const { origin } = await startServer((_request, response) => void response.writeHead(503, { 'retry-after': '1' }).end());
    await expect(readAll(source(origin))).rejects.toMatchObject({ retryable: true, retryAfterMs: 1_000 });
  });
});

describe('sending records in lists', () => {
  const config = { method: 'POST', most: 2, field: 'items' };
  const send = (inputs: object[], given: object = {}) =>
    http.operations['send-records']!.write!(createTestContext(), inputs as never, { ...config, ...given }, { keyOf: (index) => `key ${index}`, adds: false });

  it('puts as many into one as it may, for each address, under a key that stays the same', async () => {
    const { origin, requests } = await startServer((_request, response) => void response.writeHead(202).end());
    const inputs = [1, 2, 3].map((n) => ({ url: `${origin}/a`, record: { n } as Json })).concat([{ url: `${origin}/b`, record: { n: 4 } }]);
    const result = await send(inputs);
    expect(requests.map(({ url, body }) => [url, JSON.parse(body) as Json])).toEqual([
      ['/a', { items: [{ n: 1 }, { n: 2 }] }],
      ['/a', { items: [{ n: 3 }] }],
      ['/b', { items: [{ n: 4 }] }],
    ]);
    expect(result).toEqual({ failures: [], outputs: [202, 202, 202, 202].map((status) => ({ status })) });
    await send(inputs);
    expect(requests.slice(3).map(({ headers }) => headers['idempotency-key'])).toEqual(requests.slice(0, 3).map(({ headers }) => headers['idempotency-key']));
    expect(new Set(requests.map(({ headers }) => headers['idempotency-key'])).size).toBe(3);
  });

  it('that are refused fail alone; what may pass is tried again as a whole', async () => {
    const { origin } = await startServer(({ body }, response) => void response.writeHead(body.includes('3') ? 422 : 200).end());
    const result = await send([1, 2, 3].map((n) => ({ url: origin, record: n })), { field: '' });
    expect(result.failures).toMatchObject([{ index: 2, error: { kind: 'invalid_input' } }]);
    const busy = await startServer((_request, response) => void response.writeHead(503).end());
    await expect(send([{ url: busy.origin, record: 1 }])).rejects.toMatchObject({ retryable: true });
  });

  it('that a redirect has left behind have failed', async () => {
    const { origin, requests } = await startServer(({ url }, response) =>
      void (url === '/new' ? response.end('[]') : response.writeHead(302, { location: '/new' }).end()));
    const { failures } = await send([{ url: origin, record: 1 }]);
    expect(failures).toMatchObject([{ index: 0, error: { message: expect.stringMatching(/made the POST a GET, without the records/) } }]);
    expect(requests.map(({ method }) => method)).toEqual(['POST', 'GET']);
  });

  it('of which some may have been left out are told', async () => {
    const { origin } = await startServer((_request, response) => void response.writeHead(207).end('[]'));
    const context = createTestContext();
    await http.operations['send-records']!.write!(
      context,
      [{ url: origin, record: 1 }] as never,
      { method: 'POST', most: 2, field: '' },
      { keyOf: String, adds: false },
    );
    expect(context.warned).toEqual([expect.stringContaining('answered 207')]);
  });
});
