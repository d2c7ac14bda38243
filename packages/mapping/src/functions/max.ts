import { compare } from './decimal.ts';
import { defineFunction } from './define-function.ts';
import { wholeOrNumericSchema } from './result-schema.ts';

export const max = defineFunction({
  name: 'max',
  category: 'number',
  title: 'Largest',
  description: 'The largest of several numbers.',
  parameters: [
    { name: 'first', title: 'Number', type: 'number' },
    { name: 'more', title: 'Number', type: 'number', rest: true },
  ],
  returns: 'number',
  resultSchema: wholeOrNumericSchema,
  examples: [
    { args: [3, 1.5, 2], result: 3 },
    { args: ['10', 9], result: '10' },
  ],
  apply: (_run, first, ...more) => more.reduce((best, next) => (compare(next, best) > 0 ? next : best), first),
});
