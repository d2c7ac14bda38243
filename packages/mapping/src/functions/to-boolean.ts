import { MappingFault } from '../fault.ts';
import { defineFunction } from './define-function.ts';
import { kindPart, shorten } from './read-argument.ts';
import { say } from '../sentences.en.ts';

export const toBoolean = defineFunction({
  name: 'toBoolean',
  category: 'convert',
  title: 'To true or false',
  description: 'Reads true, yes, y, on and 1 as true; false, no, n, off and 0 as false. Anything else is an error.',
  parameters: [{ name: 'value', title: 'Value', type: 'any' }],
  returns: 'boolean',
  examples: [
    { args: ['Yes'], result: true },
    { args: [0], result: false },
    { args: ['maybe'], fault: 'wrong_type' },
  ],
  apply(_run, value) {
    if (typeof value === 'boolean') return value;
    const word = typeof value === 'string' || typeof value === 'number' ? String(value).trim().toLowerCase() : '';
    if (['true', 'yes', 'y', 'on', '1'].includes(word)) return true;
    if (['false', 'no', 'n', 'off', '0'].includes(word)) return false;
    const given = word === '' ? kindPart(value) : say('mapping.quoted', { text: shorten(word) });
    throw new MappingFault('wrong_type', say('mapping.boolean.unreadable', { value: given }), [value ?? null]);
  },
});
