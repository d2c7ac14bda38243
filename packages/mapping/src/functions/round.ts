import { defineFunction } from './define-function.ts';
import { numericSchema, wholeSchema } from './result-schema.ts';
import { roundTo } from './round-to.ts';

export const round = defineFunction({
  name: 'round',
  category: 'number',
  title: 'Round',
  description: 'Rounds to a number of decimals. Half is rounded up, away from zero, unless another way is chosen.',
  parameters: [
    { name: 'number', title: 'Number', type: 'number' },
    { name: 'decimals', title: 'Decimals', type: 'number', optional: true },
    { name: 'mode', title: 'Way', type: 'text', optional: true, choices: ['half-up', 'half-even', 'up', 'down'] },
  ],
  returns: 'number',
  resultSchema: ([number = {}, decimals]) => (!decimals || decimals.const === 0 ? wholeSchema([number]) : numericSchema([number])),
  examples: [
    { args: [2.675, 2], result: 2.68 },
    { args: [2.5], result: 3 },
    { args: [-2.5], result: -3 },
    { args: [2.5, 0, 'half-even'], result: 2 },
    { args: [1250, -2, 'down'], result: 1200 },
    { args: ['1.005', 2], result: '1.01' },
    { args: [1, 2, 'sideways'], fault: 'bad_argument' },
  ],
  apply: (_run, number, decimals = 0, mode = 'half-up') => roundTo(number, Number(decimals), mode),
});
