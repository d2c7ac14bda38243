import { Exact, outOf } from './decimal.ts';
import { defineFunction } from './define-function.ts';
import { wholeOrNumericSchema } from './result-schema.ts';

export const abs = defineFunction({
  name: 'abs',
  category: 'number',
  title: 'Without sign',
  description: 'The size of a number, never negative.',
  parameters: [{ name: 'number', title: 'Number', type: 'number' }],
  returns: 'number',
  resultSchema: wholeOrNumericSchema,
  examples: [
    { args: [-3.5], result: 3.5 },
    { args: ['-12.50'], result: '12.5' },
  ],
  apply: (_run, number) => (typeof number === 'number' ? Math.abs(number) : outOf([number], new Exact(number).abs())),
});
