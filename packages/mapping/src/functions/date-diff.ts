import { between, type Calendar, calendarOf, dateUnits, readUnit } from './date-units.ts';
import { defineFunction } from './define-function.ts';
import { type IsoTime, parseIso } from './iso-time.ts';

export const dateDiff = defineFunction({
  name: 'dateDiff',
  category: 'date',
  title: 'Time between dates',
  description: 'How many whole units lie between two dates; negative when the second is earlier. Days, weeks, months and years are those of the time zone (the flow’s unless one is set).',
  parameters: [
    { name: 'from', title: 'From', type: 'date' },
    { name: 'to', title: 'To', type: 'date' },
    { name: 'unit', title: 'Unit', type: 'text', choices: dateUnits },
    { name: 'zone', title: 'Time zone', type: 'text', holds: 'timezone', optional: true },
  ],
  returns: 'number',
  resultSchema: () => ({ type: 'integer' }),
  examples: [
    { args: ['2025-01-31', '2025-03-01', 'days'], result: 29 },
    { args: ['2000-02-29', '2025-02-28', 'years'], result: 25 },
    { args: ['2025-01-31T10:00:00Z', '2025-01-31T12:59:00+01:00', 'hours'], result: 1 },
    { args: ['2025-03-01', '2025-01-31', 'months'], result: -1 },
    { args: ['2027-03-27T12:00:00+01:00', '2027-03-28T12:00:00+02:00', 'days', 'Europe/Berlin'], result: 1 },
    { args: ['2025-03-01', '2025-01-31', 'moons'], fault: 'bad_argument' },
  ],
  apply(run, from, to, unit, zone) {
    const [start, end, known] = [parseIso(from), parseIso(to), readUnit(unit)];
    const isPlain = start.offsetMinutes === undefined && end.offsetMinutes === undefined;
    const calendar = calendarOf(isPlain ? undefined : (zone ?? run.timezone), start.offsetMinutes ?? end.offsetMinutes);
    return between(momentOf(start, calendar), momentOf(end, calendar), known, calendar);
  },
});

/** A date without a time is the beginning of that day. */
const momentOf = (time: IsoTime, calendar: Calendar): Pick<IsoTime, 'epochMs' | 'finer'> =>
  time.offsetMinutes === undefined ? { epochMs: calendar.instantOf(time.clock).at, finer: '' } : time;
