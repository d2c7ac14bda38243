import { catalogueOf, type FlowDocument } from '@weft/flow';
import type { Json } from '@weft/json-schema';
import { previewMapping, type MappingDocument } from '@weft/mapping';
import { describe, expect, it } from 'vitest';
import { findingsOf, modelOf, shownValue } from './mapper-model.ts';

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

describe('the preview', () => {
  it('counts days in the time zone of the flow, as a run does', () => {
    const use = { connector: 'manual', version: '1.0.0', operation: 'start' };
    const input: MappingDocument = {
      format: 'weft.mapping/1',
      rules: [{ id: 'due', to: ['due'], value: { fn: 'addDuration', args: [{ path: ['begin', 'at'] }, { const: 1 }, { const: 'days' }] } }],
    };
    const flow: FlowDocument = {
      format: 'weft.flow/1',
      title: 'Due',
      settings: { timezone: 'Europe/Berlin' },
      steps: {
        begin: { kind: 'trigger', title: 'Begin', use, samples: [{ title: 'One', output: { at: '2027-03-27T12:00:00+01:00' } }] },
        due: { kind: 'transform', title: 'Due', input },
      },
      edges: [{ from: ['begin', 'next'], to: 'due' }],
      layout: {},
      notes: [],
    };
    expect(findingsOf(modelOf(flow, 'due', catalogueOf([]))).output).toEqual({ due: '2027-03-28T12:00:00+02:00' });
  });
});
