import * as decimal from './decimal.ts';
import { defineFunction } from './define-function.ts';
import { wholeOrNumericSchema } from './result-schema.ts';

export const subtract = defineFunction({
  name: 'subtract',
  category: 'number',
  title: 'Subtract',
  description: 'The difference of two numbers, exact in decimal.',
  parameters: [
    { name: 'left', title: 'From', type: 'number' },
    { name: 'right', title: 'Subtract', type: 'number' },
  ],
  returns: 'number',
  resultSchema: wholeOrNumericSchema,
  examples: [
    { args: [0.3, 0.1], result: 0.2 },
    { args: ['10.00', '0.50'], result: '9.5' },
  ],
  apply: (_run, left, right) => decimal.subtract(left, right),
});
