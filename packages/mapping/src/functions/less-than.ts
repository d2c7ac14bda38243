import { order } from './compare-values.ts';
import { defineFunction } from './define-function.ts';

export const lessThan = defineFunction({
  name: 'lessThan',
  category: 'logic',
  title: 'Is less than',
  description: 'Compares two numbers, two dates or two texts.',
  parameters: [
    { name: 'left', title: 'Value', type: 'any' },
    { name: 'right', title: 'Compared with', type: 'any' },
  ],
  returns: 'boolean',
  examples: [
    { args: [1, 2], result: true },
    { args: ['b', 'a'], result: false },
  ],
  apply: (_run, left, right) => order(left, right) < 0,
});
