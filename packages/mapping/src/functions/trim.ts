import { defineFunction } from './define-function.ts';

export const trim = defineFunction({
  name: 'trim',
  category: 'text',
  title: 'Trim',
  description: 'Takes away spaces and line breaks at both ends.',
  parameters: [{ name: 'text', title: 'Text', type: 'text' }],
  returns: 'text',
  examples: [
    { args: ['  Ada \n'], result: 'Ada' },
    { args: [['a']], fault: 'wrong_type' },
  ],
  apply: (_run, text) => text.trim(),
});
