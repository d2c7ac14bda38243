import { defineFunction } from './define-function.ts';

export const count = defineFunction({
  name: 'count',
  category: 'list',
  title: 'Count',
  description: 'How many items a list has.',
  parameters: [{ name: 'list', title: 'List', type: 'list' }],
  returns: 'number',
  resultSchema: () => ({ type: 'integer' }),
  examples: [
    { args: [['a', null]], result: 2 },
    { args: [[]], result: 0 },
    { args: ['a'], fault: 'not_a_list' },
  ],
  apply: (_run, list) => list.length,
});
