import type { Json } from '@weft/json-schema';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MappingDocument } from './document.ts';
import { previewMapping } from './preview-mapping.ts';
import { say } from './sentences.en.ts';

const context = { now: new Date('2025-01-31T14:30:00Z'), seed: 'test' };

describe('previewMapping', () => {
  it('gives the values of every rule, and what goes wrong beside the rule where it does', () => {
    const document: MappingDocument = {
      format: 'weft.mapping/1',
      rules: [
        { id: 'id', to: ['id'], value: { path: ['o', 'id'] } },
        { id: 'bad', to: ['bad'], value: { fn: 'toNumber', args: [{ path: ['o', 'id'] }] } },
        { id: 'unfinished', to: ['unfinished'] },
        { id: 'refused', to: ['__proto__'], value: { const: 1 } },
        {
          id: 'lines', to: ['lines'], forEach: { in: { path: ['o', 'lines'] }, as: 'line' },
          rules: [{ id: 'sku', to: ['sku'], value: { path: ['line', 'sku'] } }],
        },
      ],
    };
    const scope: Record<string, Json> = { o: { id: 'A', lines: [{ sku: 1 }, {}, { sku: 2 }] } };
    expect(previewMapping(document, scope, context)).toEqual({
      output: { id: 'A', lines: [{ sku: 1 }, {}, { sku: 2 }] },
      rules: {
        id: { values: ['A'], at: [[]] },
        bad: { values: [], at: [], error: say('mapping.number.notRead', { text: 'A' }) },
        unfinished: { values: [], at: [], error: say('mapping.cannot.rule') },
        refused: { values: [], at: [], error: say('mapping.cannot.name', { name: '__proto__' }) },
        lines: { values: [[{ sku: 1 }, {}, { sku: 2 }]], at: [[]] },
        sku: { values: [1, 2], at: [[0], [2]] },
      },
    });
  });

  it('never throws, whatever it is given', () => {
    const anything = fc.property(fc.anything(), fc.jsonValue(), (rules, o) => {
      const document = { format: 'weft.mapping/1', rules } as MappingDocument;
      return typeof previewMapping(document, { o } as never, context).rules === 'object';
    });
    expect(fc.check(anything).counterexample).toBeNull();
  });
});
