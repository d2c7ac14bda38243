import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Person, startWeft, type TestWeft } from '../../test/weft.ts';

let weft: TestWeft;
let ada: Person;
beforeAll(async () => {
  weft = await startWeft();
  ada = await weft.claim();
});
afterAll(() => weft.stop());

test('settings begin closed and are kept over a restart', async () => {
  const defaults = {
    privateNetworks: [],
    practiceService: true,
    webhookLimitBytes: 5 * 1024 * 1024,
    queuePerFlow: 10_000,
    queueInAll: 100_000,
    retentionDays: 90,
    retentionRuns: null,
  };
  expect((await ada.send('GET', '/settings')).body).toEqual(defaults);
  await ada.send('PATCH', '/settings', { privateNetworks: ['10.1.0.0/16', 'erp.internal:8080'] });
  await ada.send('PATCH', '/settings', { webhookLimitBytes: 2048 });
  await weft.restart();
  expect((await ada.send('GET', '/settings')).body).toEqual({
    ...defaults,
    privateNetworks: ['10.1.0.0/16', 'erp.internal:8080'],
    webhookLimitBytes: 2048,
  });
});

test('an entry that is no network is named', async () => {
  const answer = await ada.send('PATCH', '/settings', { privateNetworks: ['10.0.0.0/8', '10.0.0.0/99'] });
  expect(answer.status).toBe(400);
  expect(answer.body.issues).toEqual([{ path: ['privateNetworks', '1'], message: expect.stringContaining('10.0.0.0/99') }]);
  expect(answer.body.detail).toMatch(/[^.]\.$/);
});

test('only the owner of the installation reads and changes them', async () => {
  const eve = await weft.someoneElse();
  expect((await eve.send('GET', '/settings')).status).toBe(403);
  expect((await eve.send('PATCH', '/settings', { practiceService: false })).status).toBe(403);
});
