import { functions } from '@weft/mapping';
import { expect, it } from 'vitest';
import '../../locales/i18n.ts';
import { functionSynonyms } from './function-synonyms.en.ts';
import { searchFunctions } from './search-functions.ts';

const first = (text: string) => searchFunctions(text)[0]?.name;

it.each([
  ['sum', 'sum'],
  ['count', 'count'],
  ['unique', 'distinct'],
  ['length', 'count'],
  ['coalesce', 'default'],
  ['regex', 'replacePattern'],
  ['md5', 'hash'],
  ['url', 'encodeUrl'],
  ['today', 'now'],
  ['uppercase', 'upper'],
])('“%s” finds %s first', (typed, name) => {
  expect(first(typed)).toBe(name);
});

it.each([
  'percent', 'currency', 'merge', 'append', 'combine', 'index', 'remove', 'clean', 'html', 'slug', 'timestamp', 'unix', 'random', 'encode', 'vat',
  'tax', 'array', 'find', 'map',
])('“%s” finds something', (typed) => {
  expect(searchFunctions(typed).length).toBeGreaterThan(0);
});

it('offers everything while nothing is typed, and nothing for what nobody means', () => {
  expect(searchFunctions('')).toHaveLength(Object.keys(functions).length);
  expect(searchFunctions('zzzz')).toEqual([]);
});

it('has words for functions that there are', () => {
  expect(Object.keys(functionSynonyms).filter((name) => !functions[name])).toEqual([]);
});
