import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ConnectorFacts } from '@weft/api';
import type { ConnectorDescriptor } from '@weft/connector-sdk';
import { type Person, startWeft, type TestWeft } from '../../test/weft.ts';

let weft: TestWeft;
let ada: Person;

beforeAll(async () => {
  weft = await startWeft();
  ada = await weft.claim();
});
afterAll(() => weft.stop());

test('connectors are read once and then only asked after, by people who are signed in', async () => {
  const first = await ada.send<ConnectorDescriptor[]>('GET', '/connectors');
  expect(first.body.map(({ id }) => id)).toContain('http');
  const tag = first.headers.get('etag') ?? '';
  expect(first.headers.get('cache-control')).toBe('private, no-cache');
  for (const known of [tag, `"other", ${tag}`]) {
    const again = await ada.send('GET', '/connectors', undefined, { 'if-none-match': known });
    expect([again.status, again.body]).toEqual([304, '']);
  }
  expect((await ada.send<ConnectorDescriptor[]>('GET', '/connectors', undefined, { 'if-none-match': '"other"' })).body).toEqual(first.body);
  expect((await fetch(`${weft.url}/api/v1/connectors`, { headers: { 'if-none-match': tag } })).status).toBe(401);
  // What belongs to a workspace stays on no disk.
  expect((await ada.send('GET', `/w/${ada.workspace}/flows`)).headers.get('cache-control')).toBe('no-store');
});

test('of a connector there are its hash, and whether it runs in a process of its own', async () => {
  const of = async (id: string) => (await ada.send<ConnectorFacts>('GET', `/connectors/${id}`)).body;
  expect(await of('http')).toEqual({ sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string, isolated: false });
  expect((await of('sql')).isolated).toBe(true);
  expect((await of('http')).sha256).not.toBe((await of('sql')).sha256);
  expect((await ada.send('GET', '/connectors/no-such')).status).toBe(404);
});
