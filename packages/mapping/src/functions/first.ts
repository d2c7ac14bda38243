import { defineFunction } from './define-function.ts';
import { itemSchema } from './result-schema.ts';

export const first = defineFunction({
  name: 'first',
  category: 'list',
  title: 'First item',
  description: 'The first item of a list; missing when the list is empty.',
  parameters: [{ name: 'list', title: 'List', type: 'list' }],
  returns: 'any',
  resultSchema: itemSchema,
  mayGiveNothing: true,
  examples: [
    { args: [['a', 'b']], result: 'a' },
    { args: [[]], result: undefined },
  ],
  apply: (_run, list) => list[0],
});
