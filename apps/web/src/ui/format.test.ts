import { expect, test } from 'vitest';
import { formatBytes, formatDuration, formatRelative } from './format.ts';

const now = Date.parse('2026-03-12T12:00:00Z');

test.each([
  ['2026-03-12T11:59:40Z', 'now'],
  ['2026-03-12T11:57:00Z', '3 min. ago'],
  ['2026-03-12T09:00:00Z', '3 hr. ago'],
  ['2026-03-11T11:00:00Z', 'yesterday'],
  ['2026-03-02T12:00:00Z', '10 days ago'],
  ['2025-12-12T12:00:00Z', '3 mo. ago'],
])('%s was %s', (at, words) => {
  expect(formatRelative(at, now)).toBe(words);
});

test.each([
  [0, '0 ms'],
  [999, '999 ms'],
  [3_240, '3.2 s'],
  [42_000, '42 s'],
  [250_000, '4 min 10 s'],
  [7_500_000, '2 h 5 min'],
])('%d ms reads %s', (ms, words) => {
  expect(formatDuration(ms)).toBe(words);
});

test.each([
  [0, '0 bytes'],
  [812, '812 bytes'],
  [4_096, '4.1 kB'],
  [12_000_000, '12 MB'],
])('%d bytes read %s', (bytes, words) => {
  expect(formatBytes(bytes)).toBe(words);
});
