import { isObject } from '@weft/json-schema';
import { MappingFault } from '../fault.ts';
import { defineFunction } from './define-function.ts';
import { readText, shorten } from './read-argument.ts';
import { say } from '../sentences.en.ts';

export const lookup = defineFunction({
  name: 'lookup',
  category: 'other',
  title: 'Look up in a table',
  description: 'The entry of a lookup table for a value; the fallback where the table has none.',
  parameters: [
    { name: 'value', title: 'Value', type: 'any' },
    { name: 'table', title: 'Table', type: 'table' },
    { name: 'fallback', title: 'Where nothing is found', type: 'any', optional: true },
  ],
  returns: 'any',
  nulls: 'own',
  examples: [
    { args: ['paid', { paid: 'PAID' }], result: 'PAID' },
    { args: ['gone', { paid: 'PAID' }, 'OTHER'], result: 'OTHER' },
    { args: [1, { 1: 'one' }], result: 'one' },
    { args: ['constructor', { paid: 'PAID' }, 'OTHER'], result: 'OTHER' },
    { args: ['gone', { paid: 'PAID' }], fault: 'no_match' },
    { args: [null, { paid: 'PAID' }, 'OTHER'], result: 'OTHER' },
    { args: [null, { paid: 'PAID' }], result: null },
    { args: [undefined, { paid: 'PAID' }], result: undefined },
  ],
  apply(_run, value, table, fallback) {
    if (value === null || value === undefined) return fallback === undefined ? value : fallback;
    if (!isObject(table)) throw new MappingFault('bad_argument', say('mapping.lookup.table'));
    const key = readText(value);
    if (Object.hasOwn(table, key)) return table[key];
    if (fallback !== undefined) return fallback;
    throw new MappingFault('no_match', say('mapping.lookup.noEntry', { key: shorten(key) }), [value]);
  },
});
