import { describe, expect, it } from 'vitest';
import type { FlowDocument } from '../document.ts';
import { flowOf, forEach, http, mappingOf, path } from '../testing/flow-builder.ts';
import { renameItem, whyNotRenameItem } from './loops.ts';

const reading = (...segments: string[]) => http({ in: 'each', input: mappingOf({ body: path(...segments) }) });
const readOf = (flow: FlowDocument, stepId: string) => JSON.stringify(flow.steps[stepId]).match(/"path":\["([^"]+)"/)?.[1];

describe('the name of an item', () => {
  const flow = flowOf({
    cat: http({ title: 'Cat' }),
    each: forEach({ as: 'line' }),
    inner: forEach({ in: 'each', title: 'For each part', as: 'part', items: path('line', 'parts') }),
    reads: reading('cat', 'id'),
    dangling: reading('gone', 'id'),
  });

  it.each([
    ['cat', '“cat” for the item of “For each line” is taken by the step “Cat”'],
    ['part', 'is taken by the item of “For each part”'],
    ['gone', '“gone” is still read inside “For each line”'],
    ['1st', '“1st” cannot be the name of an item'],
    ['a b', '“a b” cannot be the name of an item'],
    ['__proto__', 'cannot be the name of an item'],
  ])('cannot be %s', (name, why) => {
    expect(whyNotRenameItem(flow, 'each', name)?.message).toContain(why);
  });

  it.each(['line', 'größe', '商品', 'row_1', 'constructor'])('can be %s', (name) => {
    expect(whyNotRenameItem(flow, 'each', name)).toBeUndefined();
  });

  it('that hides a step changes without what reads the step', () => {
    const hiding = flowOf({ cat: http(), each: forEach({ as: 'cat' }), reads: reading('cat', 'id') });
    expect(readOf(renameItem(hiding, 'each', 'elem'), 'reads')).toBe('cat');
  });

  it('changes without what reads the item of an inner loop that is called the same', () => {
    const twice = flowOf({
      each: forEach({ as: 'line' }),
      inner: forEach({ in: 'each', as: 'line', items: path('line', 'parts'), collect: path('line') }),
      reads: http({ in: 'inner', input: mappingOf({ body: path('line') }) }),
      outer: reading('line'),
    });
    const renamed = renameItem(twice, 'each', 'order');
    expect(renamed.steps['inner']).toMatchObject({ as: 'line', items: path('order', 'parts'), collect: path('line') });
    expect([readOf(renamed, 'reads'), readOf(renamed, 'outer')]).toEqual(['line', 'order']);
  });
});
