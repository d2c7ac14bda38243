import { MappingFault } from '../fault.ts';
import { calendarOf, dateUnits, readUnit, shift } from './date-units.ts';
import { defineFunction } from './define-function.ts';
import { clockAtOffset, parseIso, writeDate, writeDateTime } from './iso-time.ts';
import { say } from '../sentences.en.ts';
import { offsetAt } from './zoned-time.ts';

export const addDuration = defineFunction({
  name: 'addDuration',
  category: 'date',
  title: 'Add time to a date',
  description: 'Moves a date forward, or back with a negative amount. Days, weeks, months and years keep the clock time of the time zone (the flow’s unless one is set); a month after 31 January is the last day of February.',
  parameters: [
    { name: 'date', title: 'Date', type: 'date' },
    { name: 'amount', title: 'Amount', type: 'number' },
    { name: 'unit', title: 'Unit', type: 'text', choices: dateUnits },
    { name: 'zone', title: 'Time zone', type: 'text', holds: 'timezone', optional: true },
  ],
  returns: 'date',
  examples: [
    { args: ['2025-01-31', 1, 'months'], result: '2025-02-28' },
    { args: ['2025-01-31', 14, 'days'], result: '2025-02-14' },
    { args: ['2025-01-31T23:30:00+01:00', 45, 'minutes'], result: '2025-02-01T00:15:00+01:00' },
    { args: ['2024-02-29', -1, 'years'], result: '2023-02-28' },
    { args: ['2027-03-27T12:00:00+01:00', 1, 'days', 'Europe/Berlin'], result: '2027-03-28T12:00:00+02:00' },
    { args: ['2027-03-27T12:00:00+01:00', 24, 'hours', 'Europe/Berlin'], result: '2027-03-28T13:00:00+02:00' },
    { args: ['2027-03-27T02:30:00+01:00', 1, 'days', 'Europe/Berlin'], result: '2027-03-28T03:00:00+02:00' },
    { args: ['2025-01-31', 2, 'hours'], fault: 'bad_argument' },
    { args: ['2025-01-31', 1.5, 'days'], fault: 'bad_argument' },
    { args: ['2025-01-31', 1e6, 'years'], fault: 'out_of_range' },
  ],
  apply(run, date, amount, unit, zone) {
    const [count, known, time] = [Number(amount), readUnit(unit), parseIso(date)];
    if (!Number.isInteger(count)) throw new MappingFault('bad_argument', say('mapping.date.amount'), [amount]);
    const { offsetMinutes } = time;
    if (offsetMinutes === undefined) {
      if (['hours', 'minutes', 'seconds'].includes(known)) throw new MappingFault('bad_argument', say('mapping.date.noTime', { date, unit: known }), [date]);
      return writeDate(clockAtOffset(shift(time, count, known, calendarOf(undefined)).epochMs, 0));
    }
    const countedIn = zone ?? run.timezone;
    const { epochMs, finer } = shift(time, count, known, calendarOf(countedIn, offsetMinutes));
    const isOfZone = countedIn !== undefined && !time.isUtc && offsetAt(countedIn, time.epochMs) === offsetMinutes;
    return writeDateTime(epochMs, isOfZone ? offsetAt(countedIn, epochMs) : offsetMinutes, finer);
  },
});
