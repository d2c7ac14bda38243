import { defineFunction } from './define-function.ts';
import { itemSchema } from './result-schema.ts';

export const itemAt = defineFunction({
  name: 'itemAt',
  category: 'list',
  title: 'Item at a position',
  description: 'The item at a position, the first being 0, the last -1; missing when there is none.',
  parameters: [
    { name: 'list', title: 'List', type: 'list' },
    { name: 'position', title: 'Position', type: 'number' },
  ],
  returns: 'any',
  resultSchema: itemSchema,
  mayGiveNothing: true,
  examples: [
    { args: [['a', 'b', 'c'], 1], result: 'b' },
    { args: [['a', 'b', 'c'], -1], result: 'c' },
    { args: [['a'], 5], result: undefined },
  ],
  apply: (_run, list, position) => list.at(Math.trunc(Number(position))),
});
