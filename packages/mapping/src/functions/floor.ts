import { defineFunction } from './define-function.ts';
import { wholeSchema } from './result-schema.ts';
import { roundTo } from './round-to.ts';

export const floor = defineFunction({
  name: 'floor',
  category: 'number',
  title: 'Round down',
  description: 'The next whole number below.',
  parameters: [{ name: 'number', title: 'Number', type: 'number' }],
  returns: 'number',
  resultSchema: wholeSchema,
  examples: [
    { args: [2.9], result: 2 },
    { args: [-2.1], result: -3 },
  ],
  apply: (_run, number) => roundTo(number, 0, 'floor'),
});
