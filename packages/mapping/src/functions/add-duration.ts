import { MappingFault } from '../fault.ts';
import { dateUnits, readUnit, shift } from './date-units.ts';
import { defineFunction } from './define-function.ts';
import { clockAtOffset, parseIso, writeDate, writeDateTime } from './iso-time.ts';
import { say } from '../sentences.en.ts';

export const addDuration = defineFunction({
  name: 'addDuration',
  category: 'date',
  title: 'Add time to a date',
  description: 'Moves a date forward, or back with a negative amount. A month after 31 January is the last day of February.',
  parameters: [
    { name: 'date', title: 'Date', type: 'date' },
    { name: 'amount', title: 'Amount', type: 'number' },
    { name: 'unit', title: 'Unit', type: 'text', choices: dateUnits },
  ],
  returns: 'date',
  examples: [
    { args: ['2025-01-31', 1, 'months'], result: '2025-02-28' },
    { args: ['2025-01-31', 14, 'days'], result: '2025-02-14' },
    { args: ['2025-01-31T23:30:00+01:00', 45, 'minutes'], result: '2025-02-01T00:15:00+01:00' },
    { args: ['2024-02-29', -1, 'years'], result: '2023-02-28' },
    { args: ['2025-01-31', 2, 'hours'], fault: 'bad_argument' },
    { args: ['2025-01-31', 1.5, 'days'], fault: 'bad_argument' },
    { args: ['2025-01-31', 1e6, 'years'], fault: 'out_of_range' },
  ],
  apply(_run, date, amount, unit) {
    const [count, known, time] = [Number(amount), readUnit(unit), parseIso(date)];
    if (!Number.isInteger(count)) throw new MappingFault('bad_argument', say('mapping.date.amount'), [amount]);
    const isPlainDate = time.offsetMinutes === undefined;
    if (isPlainDate && ['hours', 'minutes', 'seconds'].includes(known)) {
      throw new MappingFault('bad_argument', say('mapping.date.noTime', { date, unit: known }), [date]);
    }
    const moved = shift(time, count, known);
    if (!Number.isFinite(moved)) throw new MappingFault('out_of_range', say('mapping.date.years'), [date, amount]);
    return isPlainDate ? writeDate(clockAtOffset(moved, 0)) : writeDateTime(moved, time.offsetMinutes ?? 0);
  },
});
