import { defineFunction } from './define-function.ts';

export const startsWith = defineFunction({
  name: 'startsWith',
  category: 'text',
  title: 'Starts with',
  description: 'True when the text begins with another text.',
  parameters: [
    { name: 'text', title: 'Text', type: 'text' },
    { name: 'part', title: 'Part', type: 'text' },
  ],
  returns: 'boolean',
  examples: [
    { args: ['NO-4711', 'NO'], result: true },
    { args: ['SE-4711', 'NO'], result: false },
  ],
  apply: (_run, text, part) => text.startsWith(part),
});
