import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Person, startWeft, type TestWeft } from '../../test/weft.ts';

let weft: TestWeft;
let ada: Person;
beforeAll(async () => {
  weft = await startWeft();
  ada = await weft.claim();
});
afterAll(() => weft.stop());

const preview = (cron: string, timezone: string) => ada.send('POST', '/schedule/preview', { cron, timezone });

test('a schedule is told in words, with its next five times', async () => {
  const { body } = await preview('0 7 * * 1-5', 'Europe/Oslo');
  expect(body).toEqual({ words: 'At 07:00, Monday through Friday', next: Array.from({ length: 5 }, () => expect.stringMatching(/T0[56]:00:00\.000Z$/)) });
});

test.each([
  ['every day', 'UTC', 'cron'],
  ['0 7 * * *', 'Mars/Olympus', 'timezone'],
])('a schedule %s in %s is refused at the field %s', async (cron, timezone, field) => {
  const { status, body } = await preview(cron, timezone);
  expect(status).toBe(400);
  expect(body.issues).toEqual([{ path: [field], message: expect.any(String) }]);
});
