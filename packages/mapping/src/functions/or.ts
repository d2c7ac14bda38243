import { defineFunction } from './define-function.ts';
import { isTrue } from './is-true.ts';

export const or = defineFunction({
  name: 'or',
  category: 'logic',
  title: 'Or',
  description: 'True when at least one condition is true. Null and missing count as false.',
  parameters: [{ name: 'conditions', title: 'Condition', type: 'any', rest: true }],
  returns: 'boolean',
  nulls: 'own',
  examples: [
    { args: [false, true], result: true },
    { args: [false, undefined], result: false },
    { args: [null, true], result: true },
  ],
  apply: (_run, ...conditions) => conditions.some(isTrue),
  applyLazily: (run, args) => args.some((arg) => isTrue(arg(run))),
});
