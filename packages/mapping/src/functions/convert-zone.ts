import { MappingFault } from '../fault.ts';
import { defineFunction } from './define-function.ts';
import { parseIso, writeDateTime } from './iso-time.ts';
import { offsetAt } from './zoned-time.ts';
import { say } from '../sentences.en.ts';

export const convertZone = defineFunction({
  name: 'convertZone',
  category: 'date',
  title: 'In another time zone',
  description: 'The same moment, written with the offset of another time zone.',
  parameters: [
    { name: 'date', title: 'Date and time', type: 'date' },
    { name: 'zone', title: 'Time zone', type: 'text', holds: 'timezone' },
  ],
  returns: 'date',
  resultSchema: () => ({ type: 'string', format: 'date-time' }),
  examples: [
    { args: ['2025-07-01T22:30:00Z', 'Europe/Oslo'], result: '2025-07-02T00:30:00+02:00' },
    { args: ['2025-07-01T22:30:00.123456Z', 'Europe/Oslo'], result: '2025-07-02T00:30:00.123456+02:00' },
    { args: ['2025-07-01', 'Europe/Oslo'], fault: 'zone_missing' },
    { args: ['2025-07-01T22:30:00Z', 'Europe/Atlantis'], fault: 'bad_argument' },
  ],
  apply(_run, date, zone) {
    const { offsetMinutes, epochMs, finer } = parseIso(date);
    if (offsetMinutes === undefined) throw new MappingFault('zone_missing', say('mapping.date.isDay', { date }), [date]);
    return writeDateTime(epochMs, offsetAt(zone, epochMs), finer);
  },
});
