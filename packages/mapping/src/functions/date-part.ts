import { MappingFault } from '../fault.ts';
import { defineFunction } from './define-function.ts';
import { parseIso } from './iso-time.ts';
import { clockAt } from './zoned-time.ts';
import { say } from '../sentences.en.ts';

export const datePart = defineFunction({
  name: 'datePart',
  category: 'date',
  title: 'Part of a date',
  description: 'The year, month, day, weekday (1 is Monday), hour, minute or second of a date.',
  parameters: [
    { name: 'date', title: 'Date', type: 'date' },
    { name: 'part', title: 'Part', type: 'text', choices: ['year', 'month', 'day', 'weekday', 'hour', 'minute', 'second'] },
    { name: 'zone', title: 'Time zone', type: 'text', holds: 'timezone', optional: true },
  ],
  returns: 'number',
  resultSchema: () => ({ type: 'integer' }),
  examples: [
    { args: ['2025-01-31', 'weekday'], result: 5 },
    { args: ['2025-12-31T23:30:00Z', 'year', 'Europe/Oslo'], result: 2026 },
    { args: ['2025-01-31', 'era'], fault: 'bad_argument' },
  ],
  apply(run, date, part, zone) {
    const { clock, offsetMinutes, epochMs } = parseIso(date);
    const shown = offsetMinutes === undefined ? clock : clockAt(zone ?? run.timezone ?? 'UTC', epochMs);
    const weekday = new Date(Date.UTC(shown.year, shown.month - 1, shown.day)).getUTCDay();
    const parts: Record<string, number> = { ...shown, weekday: weekday === 0 ? 7 : weekday };
    const found = part !== 'millisecond' && Object.hasOwn(parts, part) ? parts[part] : undefined;
    if (found === undefined) throw new MappingFault('bad_argument', say('mapping.date.part', { part }), [part]);
    return found;
  },
});
