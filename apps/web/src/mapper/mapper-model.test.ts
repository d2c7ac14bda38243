import type { Json } from '@weft/json-schema';
import { previewMapping, type MappingDocument } from '@weft/mapping';
import { describe, expect, it } from 'vitest';
import { shownValue } from './mapper-model.ts';

const mapping: MappingDocument = {
  format: 'weft.mapping/1',
  rules: [
    {
      id: 'lines',
      to: ['lines'],
      forEach: { in: { path: ['order', 'lines'] }, as: 'line' },
      rules: [{ id: 'note', to: ['note'], value: { path: ['line', 'note'] } }],
    },
  ],
};
const order: Json = { lines: [{}, { note: 'second' }, { note: 'third' }] };
const loops = [{ ruleId: 'lines', loop: { in: { path: ['order', 'lines'] }, as: 'line' } }] as unknown as Parameters<typeof shownValue>[1];
const shown = (item: number) => shownValue(previewMapping(mapping, { order }, { now: new Date(0), seed: 'test' }).rules['note'], loops, () => item);

describe('the value beside a line', () => {
  it('is the one of the item that is shown, also when items before it have none', () => {
    expect(shown(1)).toBe('second');
    expect(shown(2)).toBe('third');
  });

  it('is nothing for an item without one', () => {
    expect(shown(0)).toBeUndefined();
  });
});
