import { defineFunction } from './define-function.ts';

export const split = defineFunction({
  name: 'split',
  category: 'text',
  title: 'Split into a list',
  description: 'Cuts a text at each separator.',
  parameters: [
    { name: 'text', title: 'Text', type: 'text' },
    { name: 'separator', title: 'Separator', type: 'text' },
  ],
  returns: 'list',
  resultSchema: () => ({ type: 'array', items: { type: 'string' } }),
  examples: [
    { args: ['red, blue', ', '], result: ['red', 'blue'] },
    { args: ['red', ','], result: ['red'] },
    { args: ['', ','], result: [] },
    { args: ['ab', ''], result: ['a', 'b'] },
    { args: [null, ','], result: null },
  ],
  apply(run, text, separator) {
    if (text === '') return [];
    return run.list(separator === '' ? Array.from(text) : text.split(separator, run.limits.maxItems + 1));
  },
});
