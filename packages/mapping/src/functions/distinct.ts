import { canonical } from './canonical.ts';
import { defineFunction } from './define-function.ts';
import { sameSchema } from './result-schema.ts';

export const distinct = defineFunction({
  name: 'distinct',
  category: 'list',
  title: 'Without repetitions',
  description: 'Keeps the first of items that are the same.',
  parameters: [{ name: 'list', title: 'List', type: 'list' }],
  returns: 'list',
  resultSchema: sameSchema,
  examples: [
    { args: [['a', 'b', 'a']], result: ['a', 'b'] },
    { args: [[{ a: 1, b: 2 }, { b: 2, a: 1 }, 1, '1']], result: [{ a: 1, b: 2 }, 1, '1'] },
  ],
  apply(_run, list) {
    const seen = new Set<string>();
    return list.filter((item) => {
      const key = canonical(item);
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    });
  },
});
