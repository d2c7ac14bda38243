import { defineFunction } from './define-function.ts';

export const textBefore = defineFunction({
  name: 'textBefore',
  category: 'text',
  title: 'Text before',
  description: 'What stands before the first occurrence of a mark; the whole text where the mark does not occur.',
  parameters: [
    { name: 'text', title: 'Text', type: 'text' },
    { name: 'mark', title: 'Mark', type: 'text' },
  ],
  returns: 'text',
  examples: [
    { args: ['ada@example.com', '@'], result: 'ada' },
    { args: ['ada', '@'], result: 'ada' },
  ],
  apply(_run, text, mark) {
    const at = text.indexOf(mark);
    return at === -1 ? text : text.slice(0, at);
  },
});
