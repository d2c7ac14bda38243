import { expect, test } from 'vitest';
import { foundFor } from './found-for.ts';

const schema = {
  anyOf: [{ const: 'auto', title: 'Find out' }, { const: 'semicolon', title: 'Semicolon ( ; )' }],
  default: 'auto',
  'x-found': 'found.delimiter',
};
const found = { delimiter: 'semicolon' };

test('what was found is said at a setting that finds out, in the words of its choices', () => {
  expect(foundFor({ path: ['delimiter'], schema }, { found })).toBe('Semicolon ( ; )');
  expect(foundFor({ path: ['delimiter'], schema }, { found, delimiter: 'auto' })).toBe('Semicolon ( ; )');
  expect(foundFor({ path: ['delimiter'], schema }, { found: { delimiter: '^' } })).toBe('^');
});

test('nothing is said of what a person chose, and before a file was read', () => {
  expect(foundFor({ path: ['delimiter'], schema }, { found, delimiter: 'semicolon' })).toBeUndefined();
  expect(foundFor({ path: ['delimiter'], schema }, {})).toBeUndefined();
  expect(foundFor({ path: ['file'], schema: { type: 'string' } }, { found })).toBeUndefined();
});
