import fc from 'fast-check';
import { expect, test } from 'vitest';
import { equal } from './equal.ts';
import { hasDuplicate } from './has-duplicate.ts';
import type { Json } from './json.ts';

const item = fc.oneof(
  fc.constantFrom<Json>(0, 1, '1', null, true, [], {}, [1], ['1'], { a: 1, b: [{ c: 2, d: null }] }, { b: [{ d: null, c: 2 }], a: 1 }),
  fc.jsonValue() as fc.Arbitrary<Json>,
);

test('a list has the same item twice where two of its items are equal, whatever the order of their keys', () => {
  fc.assert(
    fc.property(fc.array(item, { maxLength: 8 }), (items) => {
      const compared = items.some((one, at) => items.some((other, place) => place < at && equal(one, other)));
      expect(hasDuplicate(items)).toBe(compared);
    }),
  );
});

test('that is found in twenty thousand objects by looking at each once', () => {
  const items = Array.from({ length: 20_000 }, (_, id): Json => ({ id, name: `n${id}` }));
  expect(hasDuplicate(items)).toBe(false);
  expect(hasDuplicate([...items, { name: 'n7', id: 7 }])).toBe(true);
});
