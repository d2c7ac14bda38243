import * as decimal from './decimal.ts';
import { defineFunction } from './define-function.ts';
import { wholeOrNumericSchema } from './result-schema.ts';

export const multiply = defineFunction({
  name: 'multiply',
  category: 'number',
  title: 'Multiply',
  description: 'The product of numbers, exact in decimal.',
  parameters: [
    { name: 'first', title: 'Number', type: 'number' },
    { name: 'more', title: 'Number', type: 'number', rest: true },
  ],
  returns: 'number',
  resultSchema: wholeOrNumericSchema,
  examples: [
    { args: [3, 9.99], result: 29.97 },
    { args: [1.1, 1.1], result: 1.21 },
    { args: ['1.10', 2], result: '2.2' },
    { args: [1e308, 1e308], fault: 'out_of_range' },
  ],
  apply(_run, first, ...more) {
    let result = first;
    for (const next of more) result = decimal.multiply(result, next);
    return result;
  },
  applyTwo: (_run, first, second) => (second === undefined ? first : decimal.multiply(first, second)),
});
