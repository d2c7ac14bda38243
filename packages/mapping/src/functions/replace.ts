import { defineFunction } from './define-function.ts';

export const replace = defineFunction({
  name: 'replace',
  category: 'text',
  title: 'Replace',
  description: 'Puts another text wherever a text occurs.',
  parameters: [
    { name: 'text', title: 'Text', type: 'text' },
    { name: 'find', title: 'Find', type: 'text' },
    { name: 'replacement', title: 'Replace with', type: 'text' },
  ],
  returns: 'text',
  examples: [
    { args: ['1.234.567', '.', ''], result: '1234567' },
    { args: ['a$&b', 'b', '$&'], result: 'a$&$&' },
    { args: ['abc', '', '-'], result: 'abc' },
  ],
  apply(run, text, find, replacement) {
    if (find === '') return text;
    const parts = text.split(find);
    run.reserveText(text.length + (parts.length - 1) * Math.max(0, replacement.length - find.length));
    return parts.join(replacement);
  },
});
