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
  ],
  apply(_run, text, start, length) {
    const from = Math.trunc(Number(start));
    const begin = from < 0 ? Math.max(0, text.length + from) : from;
    return text.slice(begin, length === undefined ? undefined : begin + Math.max(0, Math.trunc(Number(length))));
  },
});
