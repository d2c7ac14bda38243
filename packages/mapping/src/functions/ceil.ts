import { defineFunction } from './define-function.ts';
import { wholeSchema } from './result-schema.ts';
import { roundTo } from './round-to.ts';

export const ceil = defineFunction({
  name: 'ceil',
  category: 'number',
  title: 'Round up',
  description: 'The next whole number above.',
  parameters: [{ name: 'number', title: 'Number', type: 'number' }],
  returns: 'number',
  resultSchema: wholeSchema,
  examples: [
    { args: [2.1], result: 3 },
    { args: [-2.1], result: -2 },
  ],
  apply: (_run, number) => roundTo(number, 0, 'ceil'),
});
