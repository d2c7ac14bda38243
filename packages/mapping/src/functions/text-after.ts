import { defineFunction } from './define-function.ts';

export const textAfter = defineFunction({
  name: 'textAfter',
  category: 'text',
  title: 'Text after',
  description: 'What stands behind the first occurrence of a mark; empty where the mark does not occur.',
  parameters: [
    { name: 'text', title: 'Text', type: 'text' },
    { name: 'mark', title: 'Mark', type: 'text' },
  ],
  returns: 'text',
  examples: [
    { args: ['ada@example.com', '@'], result: 'example.com' },
    { args: ['ada', '@'], result: '' },
  ],
  apply(_run, text, mark) {
    const at = text.indexOf(mark);
    return at === -1 ? '' : text.slice(at + mark.length);
  },
});
