import { MappingFault } from '../fault.ts';
import { say } from '../sentences.en.ts';
import { defineFunction } from './define-function.ts';

export const encodeUrl = defineFunction({
  name: 'encodeUrl',
  category: 'convert',
  title: 'Encode for an address',
  description: 'Writes a text so that it stays one part of a path, or one value of a query, whatever is in it: A&B/C becomes A%26B%2FC.',
  parameters: [
    { name: 'text', title: 'Text', type: 'text' },
    { name: 'place', title: 'Part of the address', type: 'text', optional: true, choices: ['query', 'path'] },
  ],
  returns: 'text',
  examples: [
    { args: ['A&B/C #1 100%'], result: 'A%26B%2FC%20%231%20100%25' },
    { args: ['Müller GmbH', 'path'], result: 'M%C3%BCller%20GmbH' },
    { args: ["it's (*)!"], result: 'it%27s%20%28%2A%29%21' },
    { args: ['..', 'query'], result: '..' },
    { args: ['..', 'path'], fault: 'bad_argument' },
    { args: ['a', 'host'], fault: 'bad_argument' },
  ],
  apply(run, text, place = 'query') {
    if (place !== 'query' && place !== 'path') throw new MappingFault('bad_argument', say('mapping.address.place', { place }), [place]);
    // Encoded or not, every reader of addresses takes these two for steps within the path.
    if (place === 'path' && (text === '.' || text === '..')) throw new MappingFault('bad_argument', say('mapping.address.dots', { text }), [text]);
    return run.text(encodeURIComponent(text.toWellFormed()).replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`));
  },
});
