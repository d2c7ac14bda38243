import type { Expression } from '@weft/mapping';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromTokens, insertAt, toTokens } from './tokens.ts';

const id: Expression = { path: ['trigger', 'id'] };

describe('a text with fields', () => {
  it('has a text at both ends, so typing has a place everywhere', () => {
    expect(toTokens(id)).toEqual([{ text: '' }, { expression: id }, { text: '' }]);
    expect(toTokens({ fn: 'concat', args: [id, id] })).toEqual([{ text: '' }, { expression: id }, { text: '' }, { expression: id }, { text: '' }]);
  });

  it('becomes as plain an expression as possible', () => {
    expect(fromTokens([{ text: '' }])).toEqual({ const: '' });
    expect(fromTokens([{ text: 'a' }, { text: 'b' }])).toEqual({ const: 'ab' });
    expect(fromTokens([{ text: '' }, { expression: id }, { text: '' }])).toEqual(id);
    expect(fromTokens([{ text: 'Order ' }, { expression: id }])).toEqual({ fn: 'concat', args: [{ const: 'Order ' }, id] });
  });

  it('takes a field where typing stopped, else at the end', () => {
    const tokens = toTokens({ const: 'Order  for' });
    expect(fromTokens(insertAt(tokens, id, { token: 0, offset: 6 }))).toEqual({ fn: 'concat', args: [{ const: 'Order ' }, id, { const: ' for' }] });
    expect(fromTokens(insertAt(tokens, id, undefined))).toEqual({ fn: 'concat', args: [{ const: 'Order  for' }, id] });
    expect(fromTokens(insertAt(tokens, id, { token: 7, offset: 0 }))).toEqual({ fn: 'concat', args: [{ const: 'Order  for' }, id] });
  });

  it('is the same after being read and written', () => {
    const part = fc.oneof(
      fc.string({ minLength: 1 }).map((text) => ({ text })),
      fc.constantFrom<Expression>(id, { path: ['line', 'sku'] }).map((expression) => ({ expression })),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
        const written = fromTokens(parts);
        expect(fromTokens(toTokens(written))).toEqual(written);
      }),
    );
  });
});
