import { expect, test } from 'vitest';
import { createRegistry } from './registry.ts';

test('what is put in is there until it is taken', () => {
  const registry = createRegistry<{ n: number }>();
  registry.set('a', { n: 1 });
  registry.set('b', { n: 2 });
  registry.set('a', { n: 3 });
  expect([registry.size, registry.has('a'), registry.get('a'), registry.values()]).toEqual([2, true, { n: 3 }, [{ n: 3 }, { n: 2 }]]);
  expect(registry.take('a')).toEqual({ n: 3 });
  expect([registry.size, registry.has('a'), registry.get('a'), registry.take('a')]).toEqual([1, false, undefined, undefined]);
});
