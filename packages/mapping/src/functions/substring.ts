import { sliceCharacters } from './characters.ts';
import { defineFunction } from './define-function.ts';

export const substring = defineFunction({
  name: 'substring',
  category: 'text',
  title: 'Part of a text',
  description: 'Characters from a position on, the first being 0. A negative position counts from the end.',
  parameters: [
    { name: 'text', title: 'Text', type: 'text' },
    { name: 'start', title: 'From position', type: 'number' },
    { name: 'length', title: 'How many characters', type: 'number', optional: true },
  ],
  returns: 'text',
  examples: [
    { args: ['NO-4711', 3], result: '4711' },
    { args: ['NO-4711', 0, 2], result: 'NO' },
    { args: ['NO-4711', -2], result: '11' },
    { args: ['NO', 5], result: '' },
    { args: ['Tea 🧺🧺', 0, 5], result: 'Tea 🧺' },
    { args: ['Tea 🧺🧺', -1], result: '🧺' },
  ],
  apply(_run, text, start, length) {
    return sliceCharacters(text, Math.trunc(Number(start)), length === undefined ? undefined : Math.trunc(Number(length)));
  },
});
