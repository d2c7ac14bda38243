import { order } from './compare-values.ts';
import { defineFunction } from './define-function.ts';

export const greaterThan = defineFunction({
  name: 'greaterThan',
  category: 'logic',
  title: 'Is greater than',
  description: 'Compares two numbers, two dates or two texts.',
  parameters: [
    { name: 'left', title: 'Value', type: 'any' },
    { name: 'right', title: 'Compared with', type: 'any' },
  ],
  returns: 'boolean',
  examples: [
    { args: [3, 2], result: true },
    { args: ['10', 9], result: true },
    { args: ['2025-02-01', '2025-01-31'], result: true },
    { args: ['2025-01-31T10:00:00+01:00', '2025-01-31T09:30:00Z'], result: false },
    { args: [null, 2], result: null },
    { args: [[1], 2], fault: 'wrong_type' },
    { args: ['1.234,50', '100'], fault: 'not_a_number' },
    { args: ['01.12.2026', '15.11.2026'], fault: 'not_a_date' },
    { args: ['1.10.0', '1.9.0'], result: false },
  ],
  apply: (_run, left, right) => order(left, right) > 0,
});
