import { defineFunction } from './define-function.ts';

export const contains = defineFunction({
  name: 'contains',
  category: 'text',
  title: 'Contains',
  description: 'True when the text has another text in it.',
  parameters: [
    { name: 'text', title: 'Text', type: 'text' },
    { name: 'part', title: 'Part', type: 'text' },
  ],
  returns: 'boolean',
  examples: [
    { args: ['VIP customer', 'VIP'], result: true },
    { args: ['customer', 'VIP'], result: false },
    { args: [null, 'VIP'], result: null },
  ],
  apply: (_run, text, part) => text.includes(part),
});
