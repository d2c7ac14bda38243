import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Person, startWeft, type TestWeft } from '../../test/weft.ts';
import type { Me } from '@weft/api';

let weft: TestWeft;
let ada: Person;
let url: string;
beforeAll(async () => {
  weft = await startWeft();
  ada = await weft.claim();
  url = (await ada.send<Me>('GET', '/me')).body.workspaces[0]?.practiceUrl ?? '';
});
afterAll(() => weft.stop());

const post = async (path: string, body: unknown, headers: Record<string, string> = {}) => {
  const response = await fetch(url + path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });
  return { status: response.status, headers: response.headers, body: await response.json() };
};
const line = { order: 'SO-1', sku: 'MUG', quantity: 2 };

describe('the practice ERP and ticket list', () => {
  test('answer as a real service would', async () => {
    expect(await post('/erp/reservations', line)).toMatchObject({
      status: 201,
      body: { id: expect.stringMatching(/^RES-\d{6}$/), ...line, status: 'reserved' },
    });
    expect(await post('/erp/orders', { order_id: 'SO-1', line_items: [1, 2] })).toMatchObject({
      status: 201,
      body: { order: 'SO-1', lines: 2, status: 'accepted' },
    });
    expect(await post('/tickets', { title: 'Broken' })).toMatchObject({ status: 201, body: { title: 'Broken', status: 'open' } });
  });

  test('say what is wrong with a body', async () => {
    expect(await post('/erp/reservations', { ...line, quantity: 1.5 })).toMatchObject({ status: 422, body: { error: { field: 'quantity' } } });
    expect(await post('/tickets', {})).toMatchObject({ status: 422, body: { error: { field: 'title' } } });
  });

  test('list what arrived, the newest first', async () => {
    await post('/tickets', { title: 'Newest' });
    const { items } = (await (await fetch(`${url}/tickets`)).json()) as { items: unknown[] };
    expect(items[0]).toMatchObject({ title: 'Newest' });
  });

  test('give a repeat with the same key the first answer, and keep one record', async () => {
    const key = { 'idempotency-key': 'run_1:reserve' };
    const [first, second] = [await post('/erp/reservations', line, key), await post('/erp/reservations', line, key)];
    expect(second.body).toEqual(first.body);
  });
});

describe('failing on purpose', () => {
  test('with the status that was asked for', async () => {
    for (const status of [400, 404, 429, 500, 503]) expect((await post(`/erp/orders?fail=${status}`, {})).status).toBe(status);
    expect((await post('/erp/orders?fail=200', {})).status).toBe(201);
  });

  test('twice busy, then fine, for each call on its own', async () => {
    const key = { 'idempotency-key': 'run_2:reserve' };
    const statuses = [];
    for (let call = 0; call < 4; call += 1) statuses.push((await post('/erp/reservations?busy=2', line, key)).status);
    expect(statuses).toEqual([503, 503, 201, 503]);
    const busy = await post('/erp/reservations?busy=2', { ...line, sku: 'OTHER' });
    expect(busy.headers.get('retry-after')).toBe('1');
  });
});

describe('the page', () => {
  test('shows what was sent as text, without any script', async () => {
    await post('/tickets', { title: '<img src=x onerror=alert(1)><script>alert(1)</script>' });
    const response = await fetch(url);
    const html = await response.text();
    expect(html).toContain('&lt;script&gt;');
    expect(html).not.toMatch(/<script|<img/);
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; frame-ancestors 'none'/);
  });

  test('of another workspace cannot be guessed', async () => {
    for (const token of ['x', '0'.repeat(32), '', '%2e%2e', ada.workspace]) {
      expect(await (await fetch(`${weft.url}/practice/${token}`)).text()).not.toContain('Practice service');
    }
  });

  test('shows only what its own workspace sent', async () => {
    const other = await ada.send<{ practiceUrl: string }>('POST', '/workspaces', { name: 'Quiet' });
    expect(await (await fetch(other.body.practiceUrl)).text()).not.toContain('SO-1');
  });
});

test('switched off, nothing of it answers', async () => {
  await ada.send('PATCH', '/settings', { practiceService: false });
  expect((await fetch(url)).status).toBe(404);
  expect((await post('/tickets', { title: 'x' })).status).toBe(404);
  expect((await ada.send<Me>('GET', '/me')).body).toMatchObject({ practiceUrl: null, workspaces: [{ practiceUrl: null }, { practiceUrl: null }] });
  await ada.send('PATCH', '/settings', { practiceService: true });
});
