import { describe, expect, test } from 'vitest';
import { nextTimes, words } from './times.ts';

describe('a schedule in words', () => {
  test.each([
    ['0 7 * * 1-5', 'At 07:00, Monday through Friday'],
    ['*/10 * * * *', 'Every 10 minutes'],
    ['30 18 1 * *', 'At 18:30, on the 1st'],
    ['  0 0 * * 0  ', 'At 00:00, on Sundays'],
    ['* * * * *', 'Every minute'],
    ['0 * * * *', 'Every hour, on the hour'],
    ['15 * * * *', 'Every hour at :15'],
    ['*/45 * * * *', 'Every hour at :00 and :45'],
    ['*/20 * * * *', 'Every 20 minutes'],
    ['*/7 * * * *', 'Every hour at :00, :07, :14, :21, :28, :35, :42, :49 and :56'],
    ['0 */13 * * *', 'At 00:00 and 13:00'],
    ['0 */5 * * *', 'At 00:00, 05:00, 10:00, 15:00 and 20:00'],
    ['0 */2 * * *', 'Every 2 hours from 00:00 to 22:00'],
    ['30 9-17 * * 1-5', 'Every hour from 09:30 to 17:30, Monday through Friday'],
    ['*/15 9-17 * * *', 'Every 15 minutes from 09:00 to 17:45'],
    ['* 2 * * *', 'Every minute from 02:00 to 02:59'],
    ['15,45 2 * * *', 'At 02:15 and 02:45'],
    ['0 9 31 * *', 'At 09:00, on the 31st (not in every month)'],
    ['0 9 31 1,3 *', 'At 09:00, on the 31st, in January and March'],
    ['0 9 29 2 *', 'At 09:00, on the 29th (in leap years only), in February'],
    ['0 9 */10 * *', 'At 09:00, on the 1st, the 11th, the 21st and the 31st (the 31st not in every month)'],
    ['0 9 15-31 * *', 'At 09:00, on the 15th to the 31st'],
    ['0 0 13 * 5', 'At 00:00, on the 13th or on Fridays'],
    ['0 0 13 * +5', 'At 00:00, on the 13th, and only on Fridays'],
    ['0 0 1 */5 *', 'At 00:00, on the 1st, in January, June and November'],
    ['0 9 L * *', 'At 09:00, on the last day of the month'],
    ['0 9 15W * *', 'At 09:00, on the working day nearest to the 15th'],
    ['0 9 * * FRI#2', 'At 09:00, on the 2nd Friday of the month'],
    ['0 9 * * 5L', 'At 09:00, on the last Friday of the month'],
    ['0 9 * * sat,SUN', 'At 09:00, on Saturdays and Sundays'],
    ['0 9 * JAN-MAR 7', 'At 09:00, on Sundays, in January to March'],
  ])('%s → %s', (cron, said) => {
    expect(words(cron)).toBe(said);
  });

  test.each([
    '', 'every day', '* * * *', '* * * * * *', '61 * * * *', '0 25 * * *', '0 7 * * 9', '@daily', '0 7 ? * * 2026',
  ])('"%s" is refused with a sentence', (cron) => {
    expect(() => words(cron)).toThrow(/five parts|is not a schedule/);
    expect(() => nextTimes(cron, 'UTC', new Date(0), 1)).toThrow(RangeError);
  });
});

test.each([
  ['5/15 * * * *', '"5/15 * * * *" is not a schedule: “5/15” among its minutes does not say where the steps end. Write 5-59/15.'],
  ['*/90 * * * *', '"*/90 * * * *" is not a schedule: the steps of its minutes may be from 1 to 60, and not 90.'],
  ['0 25 * * *', '"0 25 * * *" is not a schedule: its hours go from 0 to 23, and not to 25.'],
  [
    '0 9 5-1 * *',
    '"0 9 5-1 * *" is not a schedule: “5-1” among its days of the month goes backwards. Put the smaller number first, or write two ranges with a comma between them.',
  ],
  ['0 9 * * soon', '"0 9 * * soon" is not a schedule: “SOON” is not understood among its days of the week.'],
  ['0 9 1-10W * *', '"0 9 1-10W * *" is not a schedule: “1-10W” is not understood among its days of the month.'],
])('%s is refused in words of the product', (cron, said) => {
  expect(() => words(cron)).toThrow(said);
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
    expect(iso(nextTimes('30 2 * * *', 'Europe/Berlin', new Date('2026-03-28T12:00:00Z'), 2))).toEqual([
      '2026-03-29T01:00:00.000Z', '2026-03-30T00:30:00.000Z',
    ]);
  });

  test.each([
    // Berlin's clocks go from 02:00 to 03:00 on 28 March 2027, at one o'clock UTC.
    ['30 2,14 * * *', ['01:00', '12:30']],
    ['15,45 2 * * *', ['01:00']],
    ['0,30 2 * * *', ['01:00']],
    ['*/20 2 * * *', ['01:00']],
    ['* 2 * * *', ['01:00']],
    ['0 2,3 * * *', ['01:00']],
    ['30 1-3 * * *', ['00:30', '01:00', '01:30']],
    ['30 2 * * 0', ['01:00']],
    ['30 2 28 3 *', ['01:00']],
  ])('%s comes on the day of the gap at %j', (cron, expected) => {
    const times = iso(nextTimes(cron, 'Europe/Berlin', new Date('2027-03-27T23:00:00Z'), 5)).filter((time) => time < '2027-03-28T22:00');
    expect(times).toEqual(expected.map((time) => `2027-03-28T${time}:00.000Z`));
  });

  test('of several hours come once each when the clocks go back', () => {
    expect(iso(nextTimes('30 2,3 * * *', 'Europe/Berlin', new Date('2027-10-30T22:00:00Z'), 2))).toEqual([
      '2027-10-31T00:30:00.000Z', '2027-10-31T02:30:00.000Z',
    ]);
    // Looked at between the two, the second is not taken for the first.
    expect(iso(nextTimes('30 2,3 * * *', 'Europe/Berlin', new Date('2027-10-31T00:45:00Z'), 1))).toEqual(['2027-10-31T02:30:00.000Z']);
  });

  test.each([
    ['Africa/Cairo', '0 0 * * 5', '2027-04-29T00:00:00Z', '2027-04-29T22:00:00.000Z'],
    ['Australia/Lord_Howe', '15 2 3 10 *', '2027-10-01T00:00:00Z', '2027-10-02T15:30:00.000Z'],
    ['Asia/Kathmandu', '0 6 * * *', '2027-10-01T00:00:00Z', '2027-10-01T00:15:00.000Z'],
  ])('in %s, %s after %s is %s', (zone, cron, from, next) => {
    expect(iso(nextTimes(cron, zone, new Date(from), 1))).toEqual([next]);
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
