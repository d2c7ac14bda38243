import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { json } from '../test/arbitraries.ts';
import { inferSchema } from './infer-schema.ts';
import { createInterpretingValidator } from './interpreter/index.ts';
import { mergeOpen, mergeWanted } from './merge-open.ts';
import { sampleOf } from './sample-of.ts';
import type { JsonSchema } from './schema.ts';
import { withDefaults } from './with-defaults.ts';

const { validate } = createInterpretingValidator();

describe('sampleOf', () => {
  it('fits every schema that was inferred from a value', () => {
    fc.assert(
      fc.property(fc.array(json, { maxLength: 3 }), (samples) => {
        const schema = inferSchema(samples);
        expect(validate(schema, sampleOf(schema))).toEqual([]);
      }),
    );
  });

  it('prefers what the schema gives: const, examples, default, enum, format, limits', () => {
    const schema: JsonSchema = {
      type: 'object',
      required: ['code'],
      properties: {
        kind: { const: 'order' },
        name: { type: 'string', examples: ['Ada'] },
        state: { enum: ['open', 'paid'] },
        retries: { type: 'integer', default: 3 },
        at: { type: 'string', format: 'date-time' },
        price: { type: 'number', minimum: 5, multipleOf: 2 },
        code: { type: 'string', minLength: 6, maxLength: 6 },
        note: { anyOf: [{ type: 'null' }, { type: 'string' }] },
        lines: { type: 'array', items: { type: 'object', properties: { sku: { type: 'string' } } }, minItems: 2 },
      },
    };
    expect(sampleOf(schema)).toEqual({
      kind: 'order', name: 'Ada', state: 'open', retries: 3, at: '2025-01-31T14:30:00Z', price: 6, code: 'codexx', note: 'note',
      lines: [{ sku: 'sku' }, { sku: 'sku' }],
    });
    expect(validate(schema, sampleOf(schema))).toEqual([]);
  });

  it('ends on a recursive schema', () => {
    const tree: JsonSchema = { type: 'object', properties: { children: { type: 'array', items: { $ref: '#' } } } };
    expect(validate(tree, sampleOf(tree))).toEqual([]);
    expect(sampleOf({ anyOf: [{ $ref: '#' }] })).toBe('text');
  });
});

describe('withDefaults', () => {
  const schema: JsonSchema = {
    type: 'object',
    properties: {
      method: { type: 'string', default: 'GET' },
      retry: { type: 'object', default: {}, properties: { attempts: { type: 'integer', default: 1 } } },
      lines: { type: 'array', items: { type: 'object', properties: { quantity: { type: 'integer', default: 1 } } } },
      proxy: { type: 'object', properties: { port: { type: 'integer', default: 80 } } },
    },
  };

  it('fills what is missing at any depth, and invents no objects', () => {
    expect(withDefaults(schema, { lines: [{}, { quantity: 2 }] })).toEqual({
      method: 'GET', retry: { attempts: 1 }, lines: [{ quantity: 1 }, { quantity: 2 }],
    });
    expect(withDefaults(schema, undefined)).toEqual({ method: 'GET', retry: { attempts: 1 } });
    expect(withDefaults(schema, { method: null })).toEqual({ method: null, retry: { attempts: 1 } });
  });

  it('leaves the value and the schema alone', () => {
    const value = Object.freeze({ retry: Object.freeze({}) });
    expect(withDefaults(schema, value)).toEqual({ method: 'GET', retry: { attempts: 1 } });
    expect(schema.properties?.['retry']?.default).toEqual({});
  });
});

describe('mergeOpen', () => {
  const declared: JsonSchema = {
    type: 'object',
    required: ['url'],
    properties: {
      url: { type: 'string', format: 'uri' },
      body: { title: 'Body', 'x-open': true },
      headers: { type: 'object', additionalProperties: { type: 'string' }, 'x-open': true },
    },
  };

  it('refines only what the operation leaves open', () => {
    const described: JsonSchema = {
      type: 'object',
      properties: {
        url: { type: 'integer' },
        body: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] },
        headers: { type: 'array' },
        extra: { type: 'string' },
      },
    };
    expect(mergeOpen(declared, described)).toEqual({
      ...declared,
      properties: {
        ...declared.properties,
        body: { title: 'Body', type: 'object', properties: { id: { type: 'string' } }, required: ['id'], 'x-open': true },
      },
    });
    expect(mergeOpen(declared)).toBe(declared);
  });

  it('of what a step takes, requires the open parts that the description requires, and no others', () => {
    const described: JsonSchema = { type: 'object', properties: { body: { type: 'object' } }, required: ['body', 'headers', 'url', 'extra'] };
    expect(mergeWanted(declared, described).required).toEqual(['url', 'body', 'headers']);
    expect(mergeWanted(declared, { ...described, required: [] }).required).toEqual(['url']);
    expect(mergeOpen(declared, described).required).toEqual(['url']);
  });
});
