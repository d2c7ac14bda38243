import { expect, test } from 'vitest';
import { lengthParts, lengthText } from './length-text.ts';

test.each([
  [90_000, '90 seconds'],
  [60_000, '1 minute'],
  [7_200_000, '2 hours'],
  [86_400_000 * 3, '3 days'],
  [1_500, '1.5 seconds'],
  [0, '0 seconds'],
])('%i ms are %s', (ms, words) => {
  expect(lengthText(ms)).toBe(words);
});

test('the unit is the largest that needs no fraction', () => {
  expect(lengthParts(5_400_000)).toEqual({ unit: 'minute', value: 90 });
});
