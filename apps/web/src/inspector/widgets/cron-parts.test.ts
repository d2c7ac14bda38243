import { describe, expect, it } from 'vitest';
import { atRhythm, cronOfParts, partsOfCron } from './cron-parts.ts';

describe('a schedule in parts', () => {
  it.each([
    ['*/10 * * * *', { every: 'minutes', minutes: 10 }],
    ['* * * * *', { every: 'minutes', minutes: 1 }],
    ['15 * * * *', { every: 'hour', minute: 15 }],
    ['0 7 * * *', { every: 'day', time: '07:00' }],
    ['30 18 * * 1-5', { every: 'workday', time: '18:30' }],
    ['0 8 * * 1,3,0', { every: 'week', days: [1, 3, 7], time: '08:00' }],
    ['0 6 31 * *', { every: 'month', day: 31, time: '06:00' }],
  ])('reads %s and writes the same again', (cron, parts) => {
    const read = partsOfCron(cron);
    expect(read).toEqual(parts);
    expect(read && cronOfParts(read)).toBe(cron);
  });

  it.each([
    '', '0 7', '*/7 * * * *', '0 7 * 1 *', '0 7 1 * 1', '0 7-9 * * *', '0 7 L * *', '0 7 0 * *', '60 7 * * *', '0 7 * * MON', '0 7 * * 1 2026',
  ])('leaves “%s” to be written as cron', (cron) => {
    expect(partsOfCron(cron)).toBeUndefined();
  });

  it('keeps the time when the rhythm changes', () => {
    expect(cronOfParts(atRhythm('week', partsOfCron('45 16 * * *')))).toBe('45 16 * * 1');
    expect(cronOfParts(atRhythm('workday', undefined))).toBe('0 7 * * 1-5');
  });
});
