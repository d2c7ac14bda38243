import * as decimal from './decimal.ts';
import { defineFunction } from './define-function.ts';
import { numericSchema } from './result-schema.ts';

export const divide = defineFunction({
  name: 'divide',
  category: 'number',
  title: 'Divide',
  description: 'One number divided by another, to forty digits.',
  parameters: [
    { name: 'left', title: 'Number', type: 'number' },
    { name: 'right', title: 'Divide by', type: 'number' },
  ],
  returns: 'number',
  resultSchema: numericSchema,
  examples: [
    { args: [10, 4], result: 2.5 },
    { args: [1, 0], fault: 'division_by_zero' },
  ],
  apply: (_run, left, right) => decimal.divide(left, right),
});
