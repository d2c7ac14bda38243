import { valueAt, type Json } from '@weft/json-schema';
import type { Value } from '../run.ts';
import { order } from './compare-values.ts';
import { defineFunction } from './define-function.ts';
import { sameSchema } from './result-schema.ts';

export const sort = defineFunction({
  name: 'sort',
  category: 'list',
  title: 'Sort',
  description: 'Sorts numbers, dates or texts, or objects by one of their fields. Items without a value come last.',
  parameters: [
    { name: 'list', title: 'List', type: 'list' },
    { name: 'field', title: 'By field', type: 'text', optional: true },
    { name: 'direction', title: 'Direction', type: 'text', optional: true, choices: ['ascending', 'descending'] },
  ],
  returns: 'list',
  resultSchema: sameSchema,
  examples: [
    { args: [[3, 1, null, 2]], result: [1, 2, 3, null] },
    { args: [[{ n: 1 }, { n: 2 }], 'n', 'descending'], result: [{ n: 2 }, { n: 1 }] },
    { args: [['99,00', '1.234,50']], fault: 'not_a_number' },
    { args: [[1, [2]]], fault: 'wrong_type' },
    { args: [null], result: null },
  ],
  apply(_run, list, field, direction) {
    const valueOf = (item: Json): Value => (field ? valueAt(item, [field]) : item);
    const sign = direction === 'descending' ? -1 : 1;
    return [...list].sort((left, right) => {
      const [one, other] = [valueOf(left) ?? null, valueOf(right) ?? null];
      if (one === null || other === null) return Number(one === null) - Number(other === null);
      return sign * order(one, other);
    });
  },
});
