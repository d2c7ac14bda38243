import { expect, test } from 'vitest';
import { exceedsBytes } from './json-size.ts';

test('texts, names and many small values all count', () => {
  expect(exceedsBytes('x'.repeat(101), 100)).toBe(true);
  expect(exceedsBytes({ ['x'.repeat(101)]: 1 }, 100)).toBe(true);
  expect(exceedsBytes(Array.from({ length: 60 }, () => 1), 100)).toBe(true);
  expect(exceedsBytes([{ a: 'x', b: [1, null, true] }], 100)).toBe(false);
  expect(exceedsBytes(undefined, 100)).toBe(false);
});

test('a very deep value is counted without overflowing the stack', () => {
  let deep: unknown[] = [];
  for (let depth = 0; depth < 200_000; depth += 1) deep = [deep];
  expect(exceedsBytes(deep as never, 1_000)).toBe(true);
});
