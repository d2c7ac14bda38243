import { MappingFault } from '../fault.ts';
import { defineFunction } from './define-function.ts';
import { clockAtOffset, parseIso, writeDate } from './iso-time.ts';
import { clockAt, utcOf } from './zoned-time.ts';
import { say } from '../sentences.en.ts';

export const startOf = defineFunction({
  name: 'startOf',
  category: 'date',
  title: 'Start of a period',
  description: 'The first day of the year, month or week (Monday) that a date lies in, or the day itself.',
  parameters: [
    { name: 'date', title: 'Date', type: 'date' },
    { name: 'period', title: 'Period', type: 'text', choices: ['year', 'month', 'week', 'day'] },
    { name: 'zone', title: 'Time zone', type: 'text', holds: 'timezone', optional: true },
  ],
  returns: 'date',
  resultSchema: () => ({ type: 'string', format: 'date' }),
  examples: [
    { args: ['2025-01-31', 'month'], result: '2025-01-01' },
    { args: ['2025-01-31', 'week'], result: '2025-01-27' },
    { args: ['2025-12-31T23:30:00Z', 'year', 'Europe/Oslo'], result: '2026-01-01' },
    { args: ['2025-01-31', 'decade'], fault: 'bad_argument' },
  ],
  apply(run, date, period, zone) {
    const { clock, offsetMinutes, epochMs } = parseIso(date);
    const shown = offsetMinutes === undefined ? clock : clockAt(zone ?? run.timezone ?? 'UTC', epochMs);
    switch (period) {
      case 'year':
        return writeDate({ ...shown, month: 1, day: 1 });
      case 'month':
        return writeDate({ ...shown, day: 1 });
      case 'week': {
        const midnight = utcOf({ ...shown, hour: 0, minute: 0, second: 0, millisecond: 0 });
        const sinceMonday = (new Date(midnight).getUTCDay() + 6) % 7;
        return writeDate(clockAtOffset(midnight - sinceMonday * 86_400_000, 0));
      }
      case 'day':
        return writeDate(shown);
      default:
        throw new MappingFault('bad_argument', say('mapping.date.period', { period }), [period]);
    }
  },
});
