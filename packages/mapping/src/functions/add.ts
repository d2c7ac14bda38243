import * as decimal from './decimal.ts';
import { defineFunction } from './define-function.ts';
import { wholeOrNumericSchema } from './result-schema.ts';

export const add = defineFunction({
  name: 'add',
  category: 'number',
  title: 'Add',
  description: 'The sum of numbers, exact in decimal.',
  parameters: [
    { name: 'first', title: 'Number', type: 'number' },
    { name: 'more', title: 'Number', type: 'number', rest: true },
  ],
  returns: 'number',
  resultSchema: wholeOrNumericSchema,
  examples: [
    { args: [0.1, 0.2], result: 0.3 },
    { args: [1, 2, 3], result: 6 },
    { args: ['12345678901234567890', 1], result: '12345678901234567891' },
    { args: [1, null], result: null },
    { args: ['one', 1], fault: 'not_a_number' },
  ],
  apply(_run, first, ...more) {
    let result = first;
    for (const next of more) result = decimal.add(result, next);
    return result;
  },
  applyTwo: (_run, first, second) => (second === undefined ? first : decimal.add(first, second)),
});
