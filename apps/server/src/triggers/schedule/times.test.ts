import { describe, expect, test } from 'vitest';
import { nextTimes, words } from './times.ts';

describe('a schedule in words', () => {
  test.each([
    ['0 7 * * 1-5', 'At 07:00, Monday through Friday'],
    ['*/10 * * * *', 'Every 10 minutes'],
    ['30 18 1 * *', 'At 18:30, on day 1 of the month'],
    ['  0 0 * * 0  ', 'At 00:00, only on Sunday'],
  ])('%s → %s', (cron, said) => {
    expect(words(cron)).toBe(said);
  });

  test.each(['', 'every day', '* * * *', '* * * * * *', '61 * * * *', '0 25 * * *', '0 7 * * 9', '@daily', '0 7 ? * * 2026'])('"%s" is refused with a sentence', (cron) => {
    expect(() => words(cron)).toThrow(/five parts|is not a schedule/);
    expect(() => nextTimes(cron, 'UTC', new Date(0), 1)).toThrow(RangeError);
  });
});

const iso = (times: Date[]) => times.map((time) => time.toISOString());

describe('the next times', () => {
  test('come after the given moment, in the order of the clock', () => {
    const from = new Date('2026-03-06T07:00:00Z');
    expect(iso(nextTimes('0 7 * * 1-5', 'UTC', from, 3))).toEqual(['2026-03-09T07:00:00.000Z', '2026-03-10T07:00:00.000Z', '2026-03-11T07:00:00.000Z']);
  });

  test('follow the clock of the time zone', () => {
    expect(iso(nextTimes('0 7 * * *', 'Europe/Berlin', new Date('2026-01-15T00:00:00Z'), 1))).toEqual(['2026-01-15T06:00:00.000Z']);
    expect(iso(nextTimes('0 7 * * *', 'America/New_York', new Date('2026-01-15T00:00:00Z'), 1))).toEqual(['2026-01-15T12:00:00.000Z']);
  });

  test('skip no day when the clocks go forward: a time in the gap comes right after it', () => {
    // Berlin has no 02:30 on 29 March 2026.
    expect(iso(nextTimes('30 2 * * *', 'Europe/Berlin', new Date('2026-03-28T12:00:00Z'), 2))).toEqual(['2026-03-29T01:00:00.000Z', '2026-03-30T00:30:00.000Z']);
  });

  test('come once when the clocks go back', () => {
    // Berlin has 02:30 twice on 25 October 2026.
    const times = iso(nextTimes('30 2 * * *', 'Europe/Berlin', new Date('2026-10-24T12:00:00Z'), 2));
    expect(times).toEqual(['2026-10-25T00:30:00.000Z', '2026-10-26T01:30:00.000Z']);
  });

  test('are none for a day that never comes', () => {
    expect(nextTimes('0 0 30 2 *', 'UTC', new Date('2026-01-01T00:00:00Z'), 5)).toEqual([]);
  });

  test('a time zone nobody knows is refused with a sentence', () => {
    expect(() => nextTimes('0 7 * * *', 'Mars/Olympus', new Date(), 1)).toThrow('"Mars/Olympus" is not a time zone');
  });
});
