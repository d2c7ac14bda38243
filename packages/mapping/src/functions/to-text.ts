import { defineFunction } from './define-function.ts';

export const toText = defineFunction({
  name: 'toText',
  category: 'convert',
  title: 'To text',
  description: 'Writes a number or true/false as a text.',
  parameters: [{ name: 'value', title: 'Value', type: 'text' }],
  returns: 'text',
  examples: [
    { args: [12.5], result: '12.5' },
    { args: [true], result: 'true' },
    { args: [{ a: 1 }], fault: 'wrong_type' },
  ],
  apply: (_run, value) => value,
});
