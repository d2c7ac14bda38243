import { describe, expect, it } from 'vitest';
import type { JsonSchema } from './schema.ts';
import { presenceAt, schemaAt } from './schema-at.ts';

const order: JsonSchema = {
  type: 'object',
  required: ['id', 'lines', 'customer'],
  properties: {
    id: { type: 'string' },
    lines: { type: 'array', items: { $ref: '#/$defs/line' } },
    customer: { anyOf: [{ type: 'null' }, { type: 'object', properties: { email: { type: 'string' } }, required: ['email'] }] },
    meta: { type: 'object' },
    tags: { type: 'object', additionalProperties: { type: 'string' } },
  },
  $defs: {
    line: { type: 'object', properties: { sku: { type: 'string' }, parent: { $ref: '#/$defs/line' } }, required: ['sku'] },
  },
};

describe('schemaAt', () => {
  it('follows references and goes into a list by digits only', () => {
    expect(schemaAt(order, ['lines', '3', 'sku'])).toEqual({ type: 'string' });
    expect(schemaAt(order, ['lines', 'sku'])).toBeUndefined();
    expect(schemaAt(order, [])).toBe(order);
  });

  it('brings along what a part refers to, the same object each time', () => {
    const line = schemaAt(order, ['lines', '0']);
    expect(line && schemaAt(line, ['parent', 'parent', 'sku'])).toEqual({ type: 'string' });
    expect(schemaAt(order, ['lines', '0'])).toBe(line);
  });

  it('looks through unions', () => {
    expect(schemaAt(order, ['customer', 'email'])).toEqual({ type: 'string' });
    expect(schemaAt({ oneOf: [{ properties: { a: { type: 'string' } } }, { properties: { a: { type: 'null' } } }] }, ['a'])).toEqual({
      anyOf: [{ type: 'string' }, { type: 'null' }],
    });
  });

  it('follows no reference into another document, wherever that is', () => {
    for (const elsewhere of ['https://evil.example/x.json', 'file:///etc/passwd', 'other.json', '//evil.example/x']) {
      const schema = { properties: { a: { $ref: `${elsewhere}#/$defs/own` } }, $defs: { own: { type: 'string' } } } as const;
      expect(schemaAt(schema, ['a'])).toMatchObject({ $ref: `${elsewhere}#/$defs/own` });
    }
  });

  it('tells a place that is gone from one that nobody described', () => {
    expect(schemaAt(order, ['gone'])).toBeUndefined();
    expect(schemaAt(order, ['constructor'])).toBeUndefined();
    expect(schemaAt(order, ['id', 'deeper'])).toBeUndefined();
    expect(schemaAt(order, ['meta', 'anything', '0'])).toEqual({});
    expect(schemaAt(order, ['tags', 'blue'])).toEqual({ type: 'string' });
  });
});

describe('presenceAt', () => {
  it('knows whether a value may be missing or null', () => {
    expect(presenceAt(order, ['id'])).toEqual({ mayBeMissing: false, mayBeNull: false });
    expect(presenceAt(order, ['tags'])).toEqual({ mayBeMissing: true, mayBeNull: false });
    expect(presenceAt(order, ['customer'])).toEqual({ mayBeMissing: false, mayBeNull: true });
    expect(presenceAt(order, ['customer', 'email'])).toEqual({ mayBeMissing: true, mayBeNull: false });
    expect(presenceAt(order, ['lines', '0', 'sku'])).toEqual({ mayBeMissing: true, mayBeNull: false });
  });
});
