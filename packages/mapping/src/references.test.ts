import { describe, expect, it } from 'vitest';
import { describeExpression } from './describe-expression.ts';
import type { Expression, MappingDocument } from './document.ts';
import { references, renameReference } from './references.ts';
import { isIncomplete } from './walk.ts';
import { renameLoop, renameNames, renameNamesIn } from './rename-names.ts';

const path = (...segments: string[]): Expression => ({ path: segments });
const document: MappingDocument = {
  format: 'weft.mapping/1',
  rules: [
    { id: 'a', to: ['a'], value: { fn: 'upper', args: [path('order', 'id')] }, when: { fn: 'exists', args: [path('order', 'note')] } },
    {
      id: 'b', to: ['b'], forEach: { in: path('order', 'lines'), as: 'line', where: path('line', 'open') },
      rules: [
        { id: 'c', to: ['c'], value: { if: path('line', 'sku'), then: path('order', 'id'), else: { index: 'line' } } },
        { id: 'd', to: ['d'], forEach: { in: path('line', 'parts'), as: 'order' }, value: path('order', 'id') },
      ],
    },
  ],
};

describe('references', () => {
  it('are the paths read from outside, each once; the items of loops are not among them', () => {
    expect(references(document)).toEqual([['order', 'note'], ['order', 'id'], ['order', 'lines']]);
    expect(references({ fn: 'add', args: [path('a', 'x'), path('b')] })).toEqual([['a', 'x'], ['b']]);
    expect(references({ const: { path: ['x'] } })).toEqual([]);
  });

  it('are renamed everywhere and as deep as they go', () => {
    const renamed = renameReference(document, ['line', 'sku'], ['line', 'article', 'sku']);
    expect(JSON.stringify(renamed)).toBe(JSON.stringify(document).replace('["line","sku"]', '["line","article","sku"]'));
    const other = { ...document, rules: document.rules.slice(0, 1) };
    expect(references(renameReference(other, ['order'], ['webhook', 'body']))).toEqual([['webhook', 'body', 'note'], ['webhook', 'body', 'id']]);
    expect(renameReference(other, ['order', 'i'], ['x'])).toEqual(other);
  });
});

describe('names', () => {
  it('of steps are renamed wherever no loop of the mapping hides them, all at once', () => {
    const swapped = renameNames(document, new Map([['order', 'line'], ['line', 'order']]));
    expect(references(swapped)).toEqual([['line', 'note'], ['line', 'id'], ['line', 'lines']]);
    const [, list] = swapped.rules;
    expect(list?.forEach).toEqual({ in: path('line', 'lines'), as: 'line', where: path('line', 'open') });
    expect(list?.rules?.[0]?.value).toEqual({ if: path('line', 'sku'), then: path('line', 'id'), else: { index: 'line' } });
    expect(list?.rules?.[1]).toMatchObject({ forEach: { in: path('line', 'parts') }, value: path('order', 'id') });
    expect(renameNamesIn({ fn: 'add', args: [path('a', 'b'), { index: 'a' }] }, new Map([['a', 'c']]))).toEqual({
      fn: 'add',
      args: [path('c', 'b'), { index: 'c' }],
    });
  });

  it('of a loop are renamed inside it, up to an inner loop of the same name', () => {
    const inner: MappingDocument = {
      ...document,
      rules: [{ id: 'o', to: ['o'], forEach: { in: path('line'), as: 'row', where: path('line', 'open') }, rules: document.rules.slice(1) }],
    };
    const [renamed] = renameLoop(inner, 'o', 'order', 'row').rules;
    expect(renamed?.forEach).toEqual({ in: path('line'), as: 'row', where: path('line', 'open') });
    expect(renamed?.rules?.[0]?.forEach?.in).toEqual(path('row', 'lines'));
    expect(renamed?.rules?.[0]?.rules?.map(({ value }) => value)).toEqual([
      { if: path('line', 'sku'), then: path('row', 'id'), else: { index: 'line' } },
      path('order', 'id'),
    ]);
    expect(renameLoop(inner, 'b', 'line', 'row').rules[0]?.rules?.[0]?.rules?.[0]?.value).toEqual({
      if: path('row', 'sku'),
      then: path('order', 'id'),
      else: { index: 'row' },
    });
  });
});

describe('an expression', () => {
  it('is incomplete while something in it is still to be chosen', () => {
    const open: Expression[] = [path(), { index: '' }, { table: '' }];
    expect(open.map((part) => isIncomplete({ if: { const: true }, then: path('a'), else: { fn: 'upper', args: [part] } }))).toEqual([true, true, true]);
    expect(isIncomplete({ fn: 'lookup', args: [path('a'), { table: 't' }, { const: '' }] })).toBe(false);
  });
});

describe('describeExpression', () => {
  it.each<[Expression, string]>([
    [path('order', 'total'), 'order › total'],
    [{ const: 'paid' }, '“paid”'],
    [{ const: null }, 'nothing (null)'],
    [{ index: 'line' }, 'position in line'],
    [{ fn: 'upper', args: [path('a')] }, 'Upper case (a)'],
    [{ fn: 'uuid', args: [] }, 'New id'],
    [{ fn: 'and', args: [{ fn: 'greaterThan', args: [path('a'), { const: 1 }] }, { fn: 'exists', args: [path('b')] }] }, '(a > 1) and (b has a value)'],
    [{ if: path('a'), then: { const: 1 }, else: { fn: 'add', args: [path('b'), { const: 2 }] } }, 'if a then 1 else (b + 2)'],
    [{ path: [] }, '…'],
  ])('%j', (expression, described) => {
    expect(describeExpression(expression)).toBe(described);
  });

  it('stays short', () => {
    expect(describeExpression({ const: 'x'.repeat(500) })).toHaveLength(120);
  });
});
