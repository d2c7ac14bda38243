import { defineFunction } from './define-function.ts';

export const endsWith = defineFunction({
  name: 'endsWith',
  category: 'text',
  title: 'Ends with',
  description: 'True when the text ends with another text.',
  parameters: [
    { name: 'text', title: 'Text', type: 'text' },
    { name: 'part', title: 'Part', type: 'text' },
  ],
  returns: 'boolean',
  examples: [
    { args: ['invoice.pdf', '.pdf'], result: true },
    { args: ['invoice.csv', '.pdf'], result: false },
  ],
  apply: (_run, text, part) => text.endsWith(part),
});
