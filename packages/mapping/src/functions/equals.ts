import { isSame } from './compare-values.ts';
import { defineFunction } from './define-function.ts';

export const equals = defineFunction({
  name: 'equals',
  category: 'logic',
  title: 'Equals',
  description: 'True when two values are the same. Null and missing are alike; 5 equals the text 5.',
  parameters: [
    { name: 'left', title: 'Value', type: 'any' },
    { name: 'right', title: 'Compared with', type: 'any' },
  ],
  returns: 'boolean',
  nulls: 'own',
  examples: [
    { args: ['paid', 'paid'], result: true },
    { args: [5, '5.0'], result: true },
    { args: [null, undefined], result: true },
    { args: [{ a: 1, b: 2 }, { b: 2, a: 1 }], result: true },
    { args: [undefined, 'paid'], result: false },
  ],
  apply: (_run, left, right) => isSame(left, right),
});
