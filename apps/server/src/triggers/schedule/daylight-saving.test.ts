import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextTimes } from './times.ts';
import { dueMoment } from './scheduler.ts';

const at = (text: string) => Date.parse(text);

/** Every moment that fires while a clock ticks by, looked at every so often, as the scheduler does. */
function fired({ cron, timezone, from, to, stepMs }: { cron: string; timezone: string; from: number; to: number; stepMs: number }): string[] {
  const moments: string[] = [];
  let lastTick: number | null = null;
  for (let now = from; now <= to; now += stepMs) {
    const { latest } = dueMoment({ cron, timezone, activeSince: from, lastTick }, now);
    if (latest === undefined) continue;
    lastTick = latest;
    moments.push(new Date(latest).toISOString());
  }
  return moments;
}

const minute = 60_000;

describe.each([
  { timezone: 'Europe/Oslo', spring: '2026-03-29', springAt: '01:00', autumn: '2026-10-25', winterHour: 1, summerHour: 2 },
  { timezone: 'America/New_York', spring: '2026-03-08', springAt: '07:00', autumn: '2026-11-01', winterHour: -5, summerHour: -4 },
])('in $timezone', ({ timezone, spring, springAt, autumn, winterHour, summerHour }) => {
  /** The moment at which a clock on the wall shows this, with the offset given. */
  const wall = (day: string, time: string, offset: number) => new Date(at(`${day}T${time}:00Z`) - offset * 60 * minute).toISOString();

  test('a time in the hour that is left out fires once, right behind the gap', () => {
    const moments = fired({
      cron: '30 2 * * *',
      timezone,
      from: at(`${spring}T00:00:00Z`) - 12 * 60 * minute,
      to: at(`${spring}T23:00:00Z`),
      stepMs: 5 * minute,
    });
    const onTheDay = moments.filter((moment) => moment.startsWith(spring));
    expect(onTheDay).toEqual([`${spring}T${springAt}:00.000Z`]);
  });

  test('a time in the hour that comes twice fires once, the first time', () => {
    const moments = fired({
      cron: timezone === 'Europe/Oslo' ? '30 2 * * *' : '30 1 * * *',
      timezone,
      from: at(`${autumn}T00:00:00Z`) - 3 * 60 * minute,
      to: at(`${autumn}T20:00:00Z`),
      stepMs: 5 * minute,
    });
    expect(moments).toEqual([wall(autumn, timezone === 'Europe/Oslo' ? '02:30' : '01:30', summerHour)]);
  });

  test('every ten minutes goes on without a pause over both changes, and nothing fires twice', () => {
    for (const day of [spring, autumn]) {
      const moments = fired({ cron: '*/10 * * * *', timezone, from: at(`${day}T00:00:00Z`), to: at(`${day}T10:00:00Z`), stepMs: 5 * minute }).map(at);
      expect(new Set(moments.slice(1).map((moment, index) => moment - (moments[index] ?? 0)))).toEqual(new Set([10 * minute]));
    }
  });

  test('seven in the morning stays seven on the wall', () => {
    const year = nextTimes('0 7 * * *', timezone, new Date('2026-01-01T00:00:00Z'), 365).map((moment) => moment.toISOString());
    const hours = new Set(year.map((moment) => moment.slice(11, 16)));
    const hour = (offset: number) => `${String(7 - offset).padStart(2, '0')}:00`;
    expect(hours).toEqual(new Set([hour(winterHour), hour(summerHour)]));
    expect(new Set(year.map((moment) => moment.slice(0, 10))).size).toBe(365);
  });

  test('however often the clock is looked at, the same moments fire, each once and never before the activation', () => {
    const minutes = fc.integer({ min: 0, max: 59 });
    const hours = fc.integer({ min: 0, max: 23 });
    const around = fc.constantFrom(spring, autumn);
    fc.assert(
      fc.property(minutes, hours, around, fc.integer({ min: 60, max: 600 }), (minuteOfHour, hour, day, step) => {
        const settings = {
          cron: `${minuteOfHour} ${hour} * * *`,
          timezone,
          from: at(`${day}T00:00:00Z`) - 12 * 60 * minute,
          to: at(`${day}T00:00:00Z`) + 36 * 60 * minute,
        };
        const often = fired({ ...settings, stepMs: 20 * minute });
        const seldom = fired({ ...settings, stepMs: step * minute });
        expect(often.every((moment) => at(moment) >= settings.from)).toBe(true);
        expect(new Set(often).size).toBe(often.length);
        // Who looks seldom may look for the last time too early.
        expect(often.slice(0, seldom.length)).toEqual(seldom);
        expect(often.length - seldom.length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 15 },
    );
  });
});

describe.each([
  ['Europe/Berlin', '2027-03-28'],
  ['Europe/Berlin', '2027-10-31'],
  ['Africa/Cairo', '2027-04-30'],
  ['Australia/Lord_Howe', '2027-10-03'],
  ['Australia/Lord_Howe', '2027-04-04'],
])('in %s around %s', (timezone, day) => {
  const shown = new Intl.DateTimeFormat('sv-SE', { timeZone: timezone, dateStyle: 'short', timeStyle: 'short' });
  // Every minute of three days, with what the clock on the wall shows then.
  const from = at(`${day}T00:00:00Z`) - 24 * 60 * minute;
  const minutes = Array.from({ length: 3 * 24 * 60 }, (_, index) => from + index * minute).map((moment) => ({ moment, wall: shown.format(moment) }));

  /** When each time of the wall comes, worked out by looking at every minute. */
  function expected(hours: readonly number[], minutesOfHour: readonly number[]): number[] {
    const first = new Map(minutes.toReversed().map(({ moment, wall }) => [wall, moment]));
    const begin = at(`${minutes[0]!.wall.replace(' ', 'T')}:00Z`);
    const due = new Set<number>();
    for (let wall = begin; wall < begin + 2.5 * 24 * 60 * minute; wall += minute) {
      const text = new Date(wall).toISOString();
      if (!hours.includes(Number(text.slice(11, 13))) || !minutesOfHour.includes(Number(text.slice(14, 16)))) continue;
      const name = text.slice(0, 16).replace('T', ' ');
      due.add(first.get(name) ?? minutes.find((one) => one.wall > name)!.moment);
    }
    return [...due].toSorted((left, right) => left - right);
  }

  test('lists of hours and minutes come at their first time, or right after a gap', () => {
    const some = (max: number) => fc.uniqueArray(fc.integer({ min: 0, max }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(some(4), some(59), (hours, minutesOfHour) => {
        const times = nextTimes(`${minutesOfHour.join(',')} ${hours.join(',')} * * *`, timezone, new Date(from - 1), 200).map((time) => time.getTime());
        const wanted = expected(hours, minutesOfHour);
        expect(times.slice(0, wanted.length)).toEqual(wanted);
      }),
      { numRuns: 40 },
    );
  });
});
