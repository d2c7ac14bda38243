import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { choice, openJson, keyValue, secret } from './schema-parts.ts';
import { publishSchema } from './publish-schema.ts';

const published = (schema: z.ZodType, direction: 'input' | 'output' = 'input') => publishSchema(schema, direction, 'test input');

describe('what is published', () => {
  test('a field with a default is not required of whoever fills it in', () => {
    expect(published(z.object({ a: z.string().default('x'), b: z.string() }))).toEqual({
      type: 'object',
      properties: { a: { type: 'string', default: 'x' }, b: { type: 'string' } },
      required: ['b'],
    });
  });

  test("an output is open: a vendor's new field breaks nothing, at any depth", () => {
    const schema = published(z.object({ inner: z.object({ a: z.string() }) }), 'output');
    expect(JSON.stringify(schema)).not.toContain('additionalProperties');
  });

  test('a strict input stays strict', () => {
    expect(published(z.strictObject({ a: z.string() }))).toMatchObject({ additionalProperties: false });
  });

  test('formats stand for themselves, without a pattern that repeats them', () => {
    const { properties } = published(z.object({ mail: z.email(), at: z.iso.datetime(), url: z.url(), id: z.uuid() }));
    expect(properties).toEqual({
      mail: { type: 'string', format: 'email' },
      at: { type: 'string', format: 'date-time' },
      url: { type: 'string', format: 'uri' },
      id: { type: 'string', format: 'uuid' },
    });
  });

  test('whole numbers carry only the limits their author gave', () => {
    expect(published(z.int())).toEqual({ type: 'integer' });
    expect(published(z.int().min(1).max(300))).toEqual({ type: 'integer', minimum: 1, maximum: 300 });
  });

  test('a part can be open, secret or have a control of its own', () => {
    const { properties } = published(
      z.object({
        body: openJson({ title: 'Body' }),
        token: secret({ title: 'Token' }),
        headers: keyValue({ title: 'Headers' }),
        cron: z.string().meta({ 'x-widget': 'cron' }),
      }),
    );
    expect(properties).toEqual({
      body: { title: 'Body', 'x-open': true },
      token: { type: 'string', minLength: 1, title: 'Token', 'x-secret': true },
      headers: { type: 'object', additionalProperties: { type: ['string', 'number', 'boolean', 'null'] }, title: 'Headers', 'x-widget': 'keyValue' },
      cron: { type: 'string', 'x-widget': 'cron' },
    });
  });

  test('a choice has a title for each of its values', () => {
    expect(published(choice({ now: 'At once', later: 'Later' }, { title: 'When' }).default('now'))).toEqual({
      title: 'When',
      default: 'now',
      anyOf: [{ type: 'string', const: 'now', title: 'At once' }, { type: 'string', const: 'later', title: 'Later' }],
    });
  });
});

describe('what JSON Schema cannot carry is refused where it is written', () => {
  test.each<[string, z.ZodType, RegExp]>([
    ['refine', z.string().refine(() => true), /refine or superRefine/],
    ['superRefine', z.string().superRefine(() => undefined), /refine or superRefine/],
    ['transform', z.string().transform((text) => text.length), /transform/],
    ['preprocess', z.preprocess((value) => value, z.string()), /preprocess/],
    ['coerce', z.coerce.number(), /coerce/],
    ['trim', z.string().trim(), /trim/],
    ['a case change', z.string().toLowerCase(), /case change/],
    ['catch', z.string().catch('x'), /catch/],
    ['a codec', z.stringbool(), /codec/],
    ['instanceof', z.instanceof(Date), /instanceof|cannot be represented/],
    ['dates', z.date(), /cannot be represented/],
  ])('%s', (_title, schema, message) => {
    expect(() => published(z.object({ field: schema }))).toThrow(message);
  });

  test('and the place is named', () => {
    expect(() => published(z.object({ customer: z.object({ name: z.string().trim() }) }))).toThrow('"customer.name" in test input uses trim');
    expect(() => published(z.object({ tags: z.array(z.string().trim()) }))).toThrow('"tags.items" in test input');
  });

  test.each(['(?=a)b', '(?<!a)b', '(a)\\1'])('a pattern that needs backtracking: %s', (pattern) => {
    expect(() => published(z.string().regex(new RegExp(pattern)))).toThrow('matched in linear time');
  });
});
