import { between, dateUnits, readUnit } from './date-units.ts';
import { defineFunction } from './define-function.ts';
import { parseIso } from './iso-time.ts';

export const dateDiff = defineFunction({
  name: 'dateDiff',
  category: 'date',
  title: 'Time between dates',
  description: 'How many whole units lie between two dates; negative when the second is earlier.',
  parameters: [
    { name: 'from', title: 'From', type: 'date' },
    { name: 'to', title: 'To', type: 'date' },
    { name: 'unit', title: 'Unit', type: 'text', choices: dateUnits },
  ],
  returns: 'number',
  resultSchema: () => ({ type: 'integer' }),
  examples: [
    { args: ['2025-01-31', '2025-03-01', 'days'], result: 29 },
    { args: ['2000-02-29', '2025-02-28', 'years'], result: 25 },
    { args: ['2025-01-31T10:00:00Z', '2025-01-31T12:59:00+01:00', 'hours'], result: 1 },
    { args: ['2025-03-01', '2025-01-31', 'months'], result: -1 },
    { args: ['2025-03-01', '2025-01-31', 'moons'], fault: 'bad_argument' },
  ],
  apply: (_run, from, to, unit) => between(parseIso(from), parseIso(to), readUnit(unit)),
});
