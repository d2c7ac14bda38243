import type { Value } from '../run.ts';
import { defineFunction } from './define-function.ts';
import { anyOf } from './result-schema.ts';

export const defaultTo = defineFunction({
  name: 'default',
  category: 'logic',
  title: 'Or else',
  description: 'The first of several values that is neither null nor missing.',
  parameters: [
    { name: 'value', title: 'Value', type: 'any' },
    { name: 'otherwise', title: 'Or else', type: 'any', rest: true },
  ],
  returns: 'any',
  resultSchema: (args) => anyOf(args),
  nulls: 'own',
  examples: [
    { args: [null, 'unknown'], result: 'unknown' },
    { args: [undefined, null, 3], result: 3 },
    { args: ['', 'unknown'], result: '' },
    { args: [undefined, null], result: null },
  ],
  apply: (_run, ...values) => values.find((value) => value !== null && value !== undefined) ?? values.at(-1),
  applyLazily(run, args) {
    let last: Value;
    for (const arg of args) {
      last = arg(run);
      if (last !== null && last !== undefined) return last;
    }
    return last;
  },
});
