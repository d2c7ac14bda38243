import { defineFunction } from './define-function.ts';

export const upper = defineFunction({
  name: 'upper',
  category: 'text',
  title: 'Upper case',
  description: 'Writes a text in capital letters.',
  parameters: [{ name: 'text', title: 'Text', type: 'text' }],
  returns: 'text',
  examples: [
    { args: ['paid'], result: 'PAID' },
    { args: ['straße'], result: 'STRASSE' },
    { args: [null], result: null },
    { args: [undefined], result: undefined },
  ],
  apply: (run, text) => run.text(text.toUpperCase()),
});
