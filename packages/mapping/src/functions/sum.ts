import { defineFunction } from './define-function.ts';
import { itemSchema, wholeOrNumericSchema } from './result-schema.ts';
import { sumOf } from './sum-of.ts';

export const sum = defineFunction({
  name: 'sum',
  category: 'list',
  title: 'Sum of a list',
  description: 'Adds up the numbers of a list, exact in decimal. Null items are left out; an empty list gives 0.',
  parameters: [{ name: 'list', title: 'List', type: 'list' }],
  returns: 'number',
  resultSchema: (args) => wholeOrNumericSchema([itemSchema(args)]),
  examples: [
    { args: [[0.1, 0.2, null]], result: 0.3 },
    { args: [['1.10', '2.20']], result: '3.3' },
    { args: [[]], result: 0 },
    { args: [['one']], fault: 'not_a_number' },
  ],
  apply: (_run, list) => sumOf(list),
});
