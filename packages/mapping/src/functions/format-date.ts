import { writeByPattern } from './date-pattern.ts';
import { defineFunction } from './define-function.ts';
import { parseIso } from './iso-time.ts';
import { clockAt, offsetAt } from './zoned-time.ts';

export const formatDate = defineFunction({
  name: 'formatDate',
  category: 'date',
  title: 'Write a date',
  description: 'Writes a date by a pattern such as dd.MM.yyyy HH:mm, in a time zone (the flow’s unless one is set).',
  parameters: [
    { name: 'date', title: 'Date', type: 'date' },
    { name: 'pattern', title: 'Pattern', type: 'text', holds: 'datePattern' },
    { name: 'zone', title: 'Time zone', type: 'text', holds: 'timezone', optional: true },
  ],
  returns: 'text',
  examples: [
    { args: ['2025-01-31', 'dd.MM.yyyy'], result: '31.01.2025' },
    { args: ['2025-07-01T22:30:00Z', 'EEE d MMM yyyy HH:mm', 'Europe/Oslo'], result: 'Wed 2 Jul 2025 00:30' },
    { args: ['2025-01-31', "yyyy'Q'"], result: '2025Q' },
    { args: ['2025-02-31', 'dd.MM.yyyy'], fault: 'not_a_date' },
    { args: ['2025-01-31', 'bbb'], fault: 'bad_argument' },
  ],
  apply(run, date, pattern, zone) {
    const { clock, offsetMinutes, epochMs } = parseIso(date);
    if (offsetMinutes === undefined) return writeByPattern(pattern, clock, 0);
    const shownIn = zone ?? run.timezone ?? 'UTC';
    return writeByPattern(pattern, clockAt(shownIn, epochMs), offsetAt(shownIn, epochMs));
  },
});
