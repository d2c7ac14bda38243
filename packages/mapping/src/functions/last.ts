import { defineFunction } from './define-function.ts';
import { itemSchema } from './result-schema.ts';

export const last = defineFunction({
  name: 'last',
  category: 'list',
  title: 'Last item',
  description: 'The last item of a list; missing when the list is empty.',
  parameters: [{ name: 'list', title: 'List', type: 'list' }],
  returns: 'any',
  resultSchema: itemSchema,
  mayGiveNothing: true,
  examples: [
    { args: [['a', 'b']], result: 'b' },
    { args: [[]], result: undefined },
  ],
  apply: (_run, list) => list.at(-1),
});
