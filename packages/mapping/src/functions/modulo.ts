import * as decimal from './decimal.ts';
import { defineFunction } from './define-function.ts';
import { wholeOrNumericSchema } from './result-schema.ts';

export const modulo = defineFunction({
  name: 'modulo',
  category: 'number',
  title: 'Remainder',
  description: 'What is left over when one number is divided by another.',
  parameters: [
    { name: 'left', title: 'Number', type: 'number' },
    { name: 'right', title: 'Divide by', type: 'number' },
  ],
  returns: 'number',
  resultSchema: wholeOrNumericSchema,
  examples: [
    { args: [7, 3], result: 1 },
    { args: [-7, 3], result: -1 },
    { args: [7, 0], fault: 'division_by_zero' },
  ],
  apply: (_run, left, right) => decimal.modulo(left, right),
});
