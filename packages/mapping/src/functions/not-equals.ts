import { isSame } from './compare-values.ts';
import { defineFunction } from './define-function.ts';

export const notEquals = defineFunction({
  name: 'notEquals',
  category: 'logic',
  title: 'Does not equal',
  description: 'True when two values differ. Null and missing are alike.',
  parameters: [
    { name: 'left', title: 'Value', type: 'any' },
    { name: 'right', title: 'Compared with', type: 'any' },
  ],
  returns: 'boolean',
  nulls: 'own',
  examples: [
    { args: ['paid', 'open'], result: true },
    { args: [undefined, 'paid'], result: true },
    { args: [null, undefined], result: false },
    { args: [1, 1], result: false },
  ],
  apply: (_run, left, right) => !isSame(left, right),
});
