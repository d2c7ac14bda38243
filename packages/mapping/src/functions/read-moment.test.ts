import { describe, expect, it } from 'vitest';
import { readMoment } from './parse-date.ts';
import { seededUuid, uuid } from './uuid.ts';

describe('readMoment', () => {
  it.each([
    ['2025-07-01', 'Europe/Oslo', '2025-06-30T22:00:00.000Z'],
    ['2025-07-01T08:30', 'Europe/Oslo', '2025-07-01T06:30:00.000Z'],
    ['2025-07-01 08:30:15.250', 'America/New_York', '2025-07-01T12:30:15.250Z'],
    ['2025-07-01T08:30:00+03:00', 'Europe/Oslo', '2025-07-01T05:30:00.000Z'],
  ])('reads %s in %s', (text, zone, moment) => {
    expect(new Date(readMoment(text, zone)).toISOString()).toBe(moment);
  });

  it('refuses what is no date, and a time that the clocks skip', () => {
    expect(() => readMoment('31/01/2025', 'UTC')).toThrow('is not an ISO date');
    expect(() => readMoment('2025-03-30T02:30', 'Europe/Oslo')).toThrow('skip');
    expect(() => readMoment('2025-03-30', 'Mars/Olympus')).toThrow('not a time zone');
  });
});

describe('seededUuid', () => {
  it('is the id that mappings make from the same seed', () => {
    expect(seededUuid('run/step')).toBe(uuid.examples[0]?.result);
    expect(new Set([seededUuid('a'), seededUuid('a', 1), seededUuid('b')]).size).toBe(3);
  });
});
