import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileFunction } from '../compile/compile-function.ts';
import { Run, type Value } from '../run.ts';
import { functionNamed } from './index.ts';

/** What a function gives in a flow whose time zone is this one. */
function inFlow(timezone: string | undefined, name: string, ...args: Value[]): Value {
  const called = functionNamed(name);
  if (!called) throw new Error(`There is no function ${name}.`);
  const context = { now: new Date('2026-01-01T00:00:00Z'), seed: 'run/step', timezone };
  return compileFunction(called, args.map((arg) => () => arg))(new Run({}, context));
}

describe('a flow in Berlin', () => {
  test.each([
    ['2027-03-27T12:00:00+01:00', 1, 'days', '2027-03-28T12:00:00+02:00'],
    ['2026-10-15T09:00:00+02:00', 1, 'months', '2026-11-15T09:00:00+01:00'],
    ['2027-03-27T11:00:00Z', 1, 'days', '2027-03-28T10:00:00Z'],
    ['2027-03-24T12:00:00+01:00', 1, 'weeks', '2027-03-31T12:00:00+02:00'],
    ['2027-03-27T12:00:00+01:00', 24, 'hours', '2027-03-28T13:00:00+02:00'],
    ['2026-03-28T12:00:00+01:00', 1, 'years', '2027-03-28T12:00:00+02:00'],
    ['2027-03-28T12:00:00+02:00', -1, 'days', '2027-03-27T12:00:00+01:00'],
    // Written for somebody elsewhere: the moment is Berlin's next noon, the offset stays theirs.
    ['2027-03-27T06:00:00-05:00', 1, 'days', '2027-03-28T05:00:00-05:00'],
    ['2027-03-27T02:30:00+01:00', 1, 'days', '2027-03-28T03:00:00+02:00'],
    ['2027-10-30T02:30:00+02:00', 1, 'days', '2027-10-31T02:30:00+02:00'],
    ['2027-10-31T02:30:00+01:00', 0, 'days', '2027-10-31T02:30:00+01:00'],
    ['2027-10-31T02:30:00+02:00', 1, 'hours', '2027-10-31T02:30:00+01:00'],
    ['2027-03-27T12:00:00.123456+01:00', 1, 'days', '2027-03-28T12:00:00.123456+02:00'],
    ['2027-03-27', 1, 'days', '2027-03-28'],
  ])('%s plus %i %s is %s', (date, amount, unit, sum) => {
    expect(inFlow('Europe/Berlin', 'addDuration', date, amount, unit)).toBe(sum);
  });

  test('a day after eleven in London is noon', () => {
    const next = inFlow('Europe/Berlin', 'addDuration', '2027-03-27T11:00:00Z', 1, 'days') ?? null;
    expect(inFlow('Europe/Berlin', 'convertZone', next, 'Europe/Berlin')).toBe('2027-03-28T12:00:00+02:00');
  });

  test.each([
    ['2027-03-27T12:00:00+01:00', '2027-03-28T12:00:00+02:00', 'days', 1],
    ['2027-03-27T12:00:00+01:00', '2027-03-28T12:00:00+02:00', 'hours', 23],
    ['2027-03-01T00:00:00+01:00', '2027-04-01T00:00:00+02:00', 'months', 1],
    ['2027-04-01T00:00:00+02:00', '2027-03-01T00:00:00+01:00', 'months', -1],
    ['2027-03-21T12:00:00+01:00', '2027-03-28T12:00:00+02:00', 'weeks', 1],
    ['2026-10-25T00:00:00+02:00', '2026-10-26T00:00:00+01:00', 'days', 1],
    ['2027-03-28', '2027-03-29T00:00:00+02:00', 'days', 1],
    ['2027-03-28', '2027-03-28T23:59:59+02:00', 'days', 0],
    ['2027-03-27T12:00:00.123457+01:00', '2027-03-28T12:00:00.123456+02:00', 'days', 0],
  ])('from %s to %s there are, in %s, %i', (from, to, unit, count) => {
    expect(inFlow('Europe/Berlin', 'dateDiff', from, to, unit)).toBe(count);
  });

  test('another zone can be named', () => {
    expect(inFlow('Europe/Berlin', 'addDuration', '2026-03-07T12:00:00-05:00', 1, 'days', 'America/New_York')).toBe('2026-03-08T12:00:00-04:00');
    expect(inFlow('Europe/Berlin', 'dateDiff', '2026-03-07T12:00:00-05:00', '2026-03-08T12:00:00-04:00', 'days', 'America/New_York')).toBe(1);
  });
});

test('without any zone the clock of the written offset counts', () => {
  expect(inFlow(undefined, 'addDuration', '2027-03-01T00:30:00+01:00', 1, 'months')).toBe('2027-04-01T00:30:00+01:00');
  expect(inFlow(undefined, 'dateDiff', '2027-03-01T00:30:00+01:00', '2027-04-01T00:30:00+01:00', 'months')).toBe(1);
});

test('a day that a zone leaves out comes right after it', () => {
  expect(inFlow('Pacific/Apia', 'addDuration', '2011-12-29T12:00:00-10:00', 1, 'days')).toBe('2011-12-31T00:00:00+14:00');
});

test('microseconds count when moments are compared', () => {
  expect(inFlow('UTC', 'greaterThan', '2026-01-01T12:00:00.123456Z', '2026-01-01T12:00:00.123455Z')).toBe(true);
  expect(inFlow('UTC', 'greaterThan', '2026-01-01T12:00:00.1234Z', '2026-01-01T13:00:00.123400+01:00')).toBe(false);
  expect(inFlow('UTC', 'sort', ['2026-01-01T12:00:00.12345Z', '2026-01-01T12:00:00.1234Z'])).toEqual([
    '2026-01-01T12:00:00.1234Z', '2026-01-01T12:00:00.12345Z',
  ]);
});

/** A zone's clocks as the platform shows them, by other means than ours: `2027-03-28 12:00:00`. */
const clocks = new Map<string, Intl.DateTimeFormat>();
function shown(zone: string, at: number): string {
  const clock = clocks.get(zone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
  clocks.set(zone, clock);
  return clock.format(at);
}

describe.each(['Europe/Berlin', 'America/New_York', 'Africa/Cairo', 'Australia/Lord_Howe', 'Asia/Kathmandu'])('in %s', (zone) => {
  const minute = 60_000;
  // Half of the moments are near a change of the clocks, where there is one.
  const changes = changesOf(zone, Date.UTC(2025, 0, 1), Date.UTC(2028, 0, 1));
  const anywhere = fc.integer({ min: Date.UTC(2025, 0, 1) / minute, max: Date.UTC(2027, 11, 1) / minute });
  const near = changes.length === 0
    ? anywhere
    : fc.tuple(fc.constantFrom(...changes), fc.integer({ min: -3 * 24 * 60, max: 3 * 24 * 60 })).map(([change, off]) => change / minute + off);
  const moment = fc.oneof(anywhere, near).map((minutes) => minutes * minute);
  const added = (at: number, days: number): number => Date.parse(String(inFlow(zone, 'addDuration', new Date(at).toISOString(), days, 'days')));

  test('days later the clock shows the same, or the first moment after a gap', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: -40, max: 40 }).filter((days) => days !== 0), (at, days) => {
        const [date = '', time = ''] = shown(zone, at).split(' ');
        const wanted = `${new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)} ${time}`;
        const found = added(at, days);
        // Either nothing in the two hours before it shows the same, or the clock jumps from before it to after it.
        const isFirst = shown(zone, found) === wanted && [15, 30, 45, 60, 75, 90, 105, 120].every((back) => shown(zone, found - back * minute) !== wanted);
        const isBehindGap = shown(zone, found - 1) < wanted && shown(zone, found) > wanted;
        expect([wanted, isFirst || isBehindGap]).toEqual([wanted, true]);
      }),
      { numRuns: 300 },
    );
  });

  test('as many days lie between as were added', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 0, max: 60 }), (at, days) => {
        const [from, to] = [at, added(at, days)].map((one) => new Date(one).toISOString());
        expect(inFlow(zone, 'dateDiff', from, to, 'days')).toBe(days);
      }),
      { numRuns: 200 },
    );
  });
});

/** The first whole hours at which a zone's clocks are set differently. */
function changesOf(zone: string, from: number, to: number): number[] {
  const changes: number[] = [];
  const hour = 3_600_000;
  const ahead = (at: number) => Date.parse(`${shown(zone, at).replace(' ', 'T')}Z`) - at;
  for (let at = from; at < to; at += 24 * hour) if (ahead(at) !== ahead(at + 24 * hour)) changes.push(at);
  return changes;
}
