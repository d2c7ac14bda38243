import { defineFunction } from './define-function.ts';

export const lower = defineFunction({
  name: 'lower',
  category: 'text',
  title: 'Lower case',
  description: 'Writes a text in small letters.',
  parameters: [{ name: 'text', title: 'Text', type: 'text' }],
  returns: 'text',
  examples: [
    { args: ['Ada@Example.COM'], result: 'ada@example.com' },
  ],
  apply: (run, text) => run.text(text.toLowerCase()),
});
