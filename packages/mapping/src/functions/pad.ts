import { countCharacters, sliceCharacters } from './characters.ts';
import { defineFunction } from './define-function.ts';

export const pad = defineFunction({
  name: 'pad',
  category: 'text',
  title: 'Fill up to a length',
  description: 'Makes a text at least as long as wanted, by repeating a character at its start or its end.',
  parameters: [
    { name: 'text', title: 'Text', type: 'text' },
    { name: 'length', title: 'Length', type: 'number' },
    { name: 'fill', title: 'Fill with', type: 'text', optional: true },
    { name: 'side', title: 'Where', type: 'text', optional: true, choices: ['start', 'end'] },
  ],
  returns: 'text',
  examples: [
    { args: [42, 6, '0'], result: '000042' },
    { args: ['ab', 4, '.', 'end'], result: 'ab..' },
    { args: ['abc', 2, '0'], result: 'abc' },
    { args: ['🧺', 2, '0'], result: '0🧺' },
    { args: ['a', 4, '-🧺', 'end'], result: 'a-🧺-' },
    { args: ['a', 1e9, '0'], fault: 'text_too_long' },
  ],
  apply(run, text, length, fill = ' ', side = 'start') {
    const wanted = Math.trunc(Number(length));
    run.reserveText(Math.max(wanted, text.length));
    const missing = wanted - countCharacters(text);
    if (missing <= 0 || fill === '') return text;
    const filling = run.text(sliceCharacters(fill.repeat(Math.ceil(missing / countCharacters(fill))), 0, missing));
    return side === 'end' ? text + filling : filling + text;
  },
});
