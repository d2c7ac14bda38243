import { order } from './compare-values.ts';
import { defineFunction } from './define-function.ts';

export const atLeast = defineFunction({
  name: 'atLeast',
  category: 'logic',
  title: 'Is at least',
  description: 'Compares two numbers, two dates or two texts.',
  parameters: [
    { name: 'left', title: 'Value', type: 'any' },
    { name: 'right', title: 'Compared with', type: 'any' },
  ],
  returns: 'boolean',
  examples: [
    { args: [2, 2], result: true },
    { args: [1, 2], result: false },
  ],
  apply: (_run, left, right) => order(left, right) >= 0,
});
