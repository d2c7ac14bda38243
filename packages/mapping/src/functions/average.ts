import { divide } from './decimal.ts';
import { defineFunction } from './define-function.ts';
import { itemSchema, numericSchema } from './result-schema.ts';
import { sumOf } from './sum-of.ts';

export const average = defineFunction({
  name: 'average',
  category: 'list',
  title: 'Average of a list',
  description: 'The mean of the numbers of a list. Null items are left out; without any number the result is null.',
  parameters: [{ name: 'list', title: 'List', type: 'list' }],
  returns: 'number',
  resultSchema: (args) => numericSchema([itemSchema(args)]),
  mayGiveNothing: true,
  examples: [
    { args: [[1, 2, null]], result: 1.5 },
    { args: [[]], result: null },
  ],
  apply(_run, list) {
    const count = list.filter((item) => item !== null).length;
    return count === 0 ? null : divide(sumOf(list), count);
  },
});
