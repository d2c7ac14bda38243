import { defineFunction } from './define-function.ts';
import { isTrue } from './is-true.ts';

export const and = defineFunction({
  name: 'and',
  category: 'logic',
  title: 'And',
  description: 'True when all conditions are true. Null and missing count as false.',
  parameters: [{ name: 'conditions', title: 'Condition', type: 'any', rest: true }],
  returns: 'boolean',
  nulls: 'own',
  examples: [
    { args: [true, true], result: true },
    { args: [true, null], result: false },
    { args: [undefined, true], result: false },
    { args: [true, 'yes'], fault: 'wrong_type' },
  ],
  apply: (_run, ...conditions) => conditions.every(isTrue),
  applyLazily: (run, args) => args.every((arg) => isTrue(arg(run))),
});
