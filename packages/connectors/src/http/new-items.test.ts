import type { ConnectionValues, Json, JsonObject, PollRequest, PollResult } from '@weft/connector-sdk';
import { expect, test } from 'vitest';
import { createTestContext } from '../../test/context.ts';
import { startServer } from '../../test/echo-server.ts';
import http from './index.ts';

/** A service with a list that grows at the front. */
async function listing(initial: Json[]) {
  const state = { items: initial, etag: '' };
  const server = await startServer(({ headers }, response) => {
    if (state.etag !== '' && headers['if-none-match'] === state.etag) return void response.writeHead(304).end();
    response.writeHead(200, { 'content-type': 'application/json', ...(state.etag !== '' && { etag: state.etag }) });
    response.end(JSON.stringify({ data: { items: state.items } }));
  });
  return { ...server, state };
}

const poll = (url: string, request: Partial<PollRequest>, config: JsonObject = {}, connection?: ConnectionValues): Promise<PollResult> =>
  http.operations['new-items']?.poll?.(
    createTestContext({ connector: http, connection }),
    { url, list: 'data.items', idField: 'id', order: 'newest', ...config },
    { cursor: null, baseline: false, limit: 100, ...request },
  ) ?? Promise.reject(new Error('no poll'));

const ids = ({ items }: PollResult) => items.map(({ id }) => id);

test('items that were not in the list before are new, the oldest first', async () => {
  const { origin, state } = await listing([{ id: 2 }, { id: 1 }]);
  const first = await poll(origin, {});
  expect(ids(first)).toEqual(['1', '2']);
  state.items = [{ id: 4 }, { id: 3 }, { id: 2 }];
  const second = await poll(origin, { cursor: first.cursor });
  expect(ids(second)).toEqual(['3', '4']);
  expect((await poll(origin, { cursor: second.cursor })).items).toEqual([]);
});

test('an item that left the list and comes back is not new again', async () => {
  const { origin, state } = await listing([{ id: 1 }]);
  const first = await poll(origin, {});
  state.items = [];
  const second = await poll(origin, { cursor: first.cursor });
  state.items = [{ id: 1 }];
  expect((await poll(origin, { cursor: second.cursor })).items).toEqual([]);
});

test('what is behind the limit comes with the next poll', async () => {
  const { origin } = await listing([{ id: 3 }, { id: 2 }, { id: 1 }]);
  const first = await poll(origin, { limit: 2 });
  expect([ids(first), first.more]).toEqual([['1', '2'], true]);
  const second = await poll(origin, { limit: 2, cursor: first.cursor });
  expect([ids(second), second.more]).toEqual([['3'], false]);
});

test('a baseline takes no items, and a list that has not changed is not sent again', async () => {
  const { origin, state, requests } = await listing([{ id: 1 }]);
  state.etag = '"v1"';
  const { items, cursor } = await poll(origin, { baseline: true });
  expect(items).toEqual([]);
  const same = await poll(origin, { cursor });
  expect([same.items, same.cursor, requests.at(-1)?.headers['if-none-match']]).toEqual([[], cursor, '"v1"']);
});

test('everything from a value on can be read again', async () => {
  const { origin } = await listing([{ id: 2, at: '2026-03-02T00:00:00Z' }, { id: 1, at: '2026-03-01T00:00:00Z' }]);
  expect(ids(await poll(origin, { since: '2026-03-02' }, { sinceField: 'at' }))).toEqual(['2']);
  expect(ids(await poll(origin, { since: '2' }, { sinceField: 'id' }))).toEqual(['2']);
  await expect(poll(origin, { since: '2' })).rejects.toThrow(/Choose the field/);
});

test.each([
  ['2026-03-02', [1_772_323_200_000, 1_772_409_600_000]],
  ['2026-03-02', ['1772323200', '1772409600']],
  ['2026-03-02T00:00:00Z', ['2026-03-02T00:30:00+0100', '2026-03-02T00:30:00+00:00']],
  ['2026-03-02', ['Sun, 01 Mar 2026 23:59:59 GMT', 'Mon, 02 Mar 2026 00:00:00 GMT']],
  ['2026-03-02 08:00', ['2026-03-02 07:59:59', '2026-03-02 08:00:00']],
  ['10', ['9', '10']],
  ['SO-10', ['SO-09', 'SO-10']],
])('from “%s” on are items whose times or numbers say so: %j', async (since, [before, behind]) => {
  const { origin } = await listing([{ id: 2, at: behind ?? null }, { id: 1, at: before ?? null }]);
  expect(ids(await poll(origin, { since }, { sinceField: 'at' }))).toEqual(['2']);
});

test.each([
  ['1000', '2026-03-02'],
  ['2026-03-02', 1001],
  ['2026-03-02', 20_260_302],
  ['yesterday', '2026-03-02T00:00:00Z'],
  ['SO-10', 7],
  ['2026-03-02', true],
])(
  'a value that is of another kind than those of the items is refused: “%s” and %j',
  async (since, at) => {
    const { origin } = await listing([{ id: 1, at }]);
    await expect(poll(origin, { since }, { sinceField: 'at' })).rejects.toThrow(/cannot be compared/);
  },
);

test('a list that is longer than what is remembered of old items has no new ones because of that', async () => {
  const { origin, state } = await listing(Array.from({ length: 10_100 }, (_, at) => ({ id: 20_000 - at })));
  const { cursor } = await poll(origin, { baseline: true });
  const second = await poll(origin, { cursor });
  expect([ids(second), second.more]).toEqual([[], false]);
  state.items.unshift({ id: 20_001 });
  const third = await poll(origin, { cursor: second.cursor });
  expect(ids(third)).toEqual(['20001']);
  expect(ids(await poll(origin, { cursor: third.cursor }))).toEqual([]);
});

test('a list of which everything is new is told: what came before it may have been missed', async () => {
  const { origin, state } = await listing(Array.from({ length: 10 }, (_, at) => ({ id: 10 - at })));
  const context = createTestContext({ connector: http });
  const look = (cursor: Json) =>
    http.operations['new-items']!.poll!(
      context,
      { url: origin, list: 'data.items', idField: 'id', order: 'newest' },
      { cursor, baseline: false, limit: 100 },
    );
  const first = await look(null);
  state.items = Array.from({ length: 10 }, (_, at) => ({ id: 19 - at }));
  const second = await look(first.cursor);
  expect([second.items.length, context.warned]).toEqual([9, []]);
  state.items = Array.from({ length: 10 }, (_, at) => ({ id: 40 - at }));
  expect((await look(second.cursor)).items).toHaveLength(10);
  expect(context.warned).toEqual([expect.stringContaining('All 10 items of the list were new')]);
});

test('a name with dots in it names items', async () => {
  const { origin } = await listing([{ 'order.id': 7, order: { nr: 1 } }]);
  expect(ids(await poll(origin, {}, { idField: 'order.id' }))).toEqual(['7']);
  expect(ids(await poll(origin, {}, { idField: 'order.nr' }))).toEqual(['1']);
});

test('settings that do not fit the answer are told in a sentence', async () => {
  const { origin } = await listing([{ id: 1 }]);
  await expect(poll(origin, {}, { list: 'data' })).rejects.toThrow(/no list at “data”/);
  await expect(poll(origin, {}, { list: '' })).rejects.toThrow(/Say where in it the list is/);
  await expect(poll(origin, {}, { idField: 'number' })).rejects.toThrow(/nothing at “number”/);
});

test('credentials go to their own host only, and failures keep their kind', async () => {
  const { origin, host, requests } = await startServer((_request, response) => void response.writeHead(401).end('{}'));
  const connection = { scheme: 'bearer', config: { host }, credentials: { token: 'canary-token' } };
  await expect(poll(origin, {}, {}, connection)).rejects.toMatchObject({ kind: 'auth' });
  expect(requests[0]?.headers.authorization).toBe('Bearer canary-token');
  await expect(poll('http://127.0.0.1:1/', {}, {}, connection)).rejects.toThrow(/Nothing was sent/);
  expect(requests).toHaveLength(1);
});

test.each([
  [204, ''],
  [200, ''],
  [200, ' \r\n'],
  [200, 'null'],
  [200, '{"data":{"items":null}}'],
])('an answer with nothing in it says that nothing is new: %i %j', async (status, body) => {
  const answers = [JSON.stringify({ data: { items: [{ id: 1 }] } }), body, JSON.stringify({ data: { items: [{ id: 2 }, { id: 1 }] } })];
  const statuses = [200, status, 200];
  const { origin, requests } = await startServer((_request, response) => {
    const at = requests.length - 1;
    response.writeHead(statuses[at] ?? 200, { 'content-type': 'application/json' }).end(answers[at]);
  });
  const first = await poll(origin, {});
  const second = await poll(origin, { cursor: first.cursor });
  expect(ids(second)).toEqual([]);
  expect(ids(await poll(origin, { cursor: second.cursor }))).toEqual(['2']);
});
