import { defineFunction } from './define-function.ts';
import { isTrue } from './is-true.ts';

export const not = defineFunction({
  name: 'not',
  category: 'logic',
  title: 'Not',
  description: 'True when the condition is not. Null and missing count as false.',
  parameters: [{ name: 'condition', title: 'Condition', type: 'any' }],
  returns: 'boolean',
  nulls: 'own',
  examples: [
    { args: [false], result: true },
    { args: [null], result: true },
    { args: [undefined], result: true },
    { args: ['no'], fault: 'wrong_type' },
  ],
  apply: (_run, condition) => !isTrue(condition),
});
