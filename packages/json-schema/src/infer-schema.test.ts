import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { json } from '../test/arbitraries.ts';
import { inferSchema } from './infer-schema.ts';
import { createInterpretingValidator } from './interpreter/index.ts';

describe('inferSchema', () => {
  it('fits every sample it was inferred from', () => {
    const { validate } = createInterpretingValidator();
    fc.assert(
      fc.property(fc.array(json, { maxLength: 4 }), (samples) => {
        const inferred = inferSchema(samples);
        for (const sample of samples) expect(validate(inferred, sample)).toEqual([]);
      }),
    );
  });

  it('makes a field optional that some samples lack, and a union of different types', () => {
    expect(inferSchema([{ id: 1, note: 'x' }, { id: 'A7', total: 1.5 }, { id: 2, total: 3, note: null }])).toEqual({
      type: 'object',
      properties: {
        id: { type: ['integer', 'string'] },
        note: { type: ['string', 'null'] },
        total: { type: 'number' },
      },
      required: ['id'],
    });
  });

  it('joins the items of a list, and knows nothing about those of an empty one', () => {
    expect(inferSchema([[{ sku: 'a' }, { sku: 'b', price: 1 }]])).toEqual({
      type: 'array',
      items: { type: 'object', properties: { sku: { type: 'string' }, price: { type: 'integer' } }, required: ['sku'] },
    });
    expect(inferSchema([[]])).toEqual({ type: 'array' });
    expect(inferSchema([null, [1]])).toEqual({ type: ['array', 'null'], items: { type: 'integer' } });
    expect(inferSchema([{ a: 1 }, 'none'])).toMatchObject({ anyOf: [{ type: 'object' }, { type: 'string' }] });
  });

  it('recognises formats that all values share', () => {
    const formatOf = (...values: string[]): unknown => inferSchema(values).format;
    expect(formatOf('2025-01-31', '2024-02-29')).toBe('date');
    expect(formatOf('2025-01-31T10:00:00Z')).toBe('date-time');
    expect(formatOf('ada@example.com')).toBe('email');
    expect(formatOf('https://example.com/a')).toBe('uri');
    expect(formatOf('2025-01-31', 'tomorrow')).toBeUndefined();
    expect(formatOf('note: hello')).toBeUndefined();
  });

  it('makes an enum only of words that clearly repeat', () => {
    expect(inferSchema(['paid', 'open'])).toEqual({ type: 'string' });
    const states = ['paid', 'open', 'paid', 'paid', 'open', 'open', 'paid', 'open', 'paid', 'open'];
    expect(inferSchema(states)).toEqual({ type: 'string', enum: ['paid', 'open'] });
    expect(inferSchema([...states, 'once'])).toEqual({ type: 'string' });
  });
});
