import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAjvValidator } from './ajv/index.ts';
import { createInterpretingValidator } from './interpreter/index.ts';
import type { JsonSchema } from './schema.ts';
import { json, schema } from '../test/arbitraries.ts';

const validators = [
  ['ajv', createAjvValidator()],
  ['the interpreter', createInterpretingValidator()],
] as const;

describe('the two validators', () => {
  it('give the same issues for any schema and value', () => {
    const [[, ajv], [, interpreter]] = validators;
    fc.assert(
      fc.property(schema, fc.array(json, { minLength: 4, maxLength: 4 }), (one, values) => {
        for (const value of values) expect(ajv.validate(one, value)).toEqual(interpreter.validate(one, value));
      }),
      { numRuns: 200 },
    );
  }, 60_000);
});

describe.each(validators)('%s', (_name, validator) => {
  const keywords = (one: JsonSchema, value: Parameters<typeof validator.validate>[1]): string[] =>
    validator.validate(one, value).map(({ path, keyword }) => [...path, keyword].join(' '));

  it.each([
    ['https://x.example/customers/Müller GmbH', 'it has a blank at character 35'],
    ['https://x.example/customers/100%', 'it has a % without two hexadecimal digits behind it at character 32'],
    ['https://x.example/{id}', 'it has “{” at character 19; a value that is put into an address goes through “Encode for an address” first'],
    ['https://x.example/a\n', 'it has a line end at character 20; take it away'],
    ['x.example/a', 'it does not begin with https:// or http://'],
  ])('says what is wrong with the address %j', (address, why) => {
    const [issue] = validator.validate({ format: 'uri' }, address);
    expect(issue?.message).toBe(`must be a web address such as https://example.com: ${issue?.message.split(': ').slice(1).join(': ')}`);
    expect(issue?.message).toContain(why);
  });

  it('names every issue with its path, its keyword and a plain sentence', () => {
    const order: JsonSchema = {
      type: 'object',
      required: ['id', 'lines'],
      additionalProperties: false,
      properties: {
        id: { type: 'string', minLength: 1 },
        lines: { type: 'array', items: { type: 'object', properties: { quantity: { type: 'integer', minimum: 1 } } } },
      },
    };
    expect(validator.validate(order, { lines: [{ quantity: 0 }, { quantity: 'two' }], extra: 1 })).toEqual([
      { path: ['id'], keyword: 'required', message: 'is missing', sentence: { code: 'schema.missing' } },
      { path: ['lines', '0', 'quantity'], keyword: 'minimum', message: 'must be at least 1', sentence: { code: 'schema.minimum', values: { limit: 1 } } },
      {
        path: ['lines', '1', 'quantity'],
        keyword: 'type',
        message: 'must be a whole number',
        sentence: { code: 'schema.type', values: { types: { code: 'schema.type.integer' } } },
      },
      { path: ['extra'], keyword: 'additionalProperties', message: 'is not expected here', sentence: { code: 'schema.notExpected' } },
    ]);
  });

  it('says of a union what the meant form lacks', () => {
    const payment: JsonSchema = {
      oneOf: [
        { type: 'object', properties: { kind: { const: 'card' }, number: { type: 'string' } }, required: ['kind', 'number'] },
        { type: 'object', properties: { kind: { const: 'cash' } }, required: ['kind'] },
      ],
    };
    expect(keywords(payment, { kind: 'card' })).toEqual(['number required']);
    expect(keywords({ type: ['string', 'null'] }, 3)).toEqual(['type']);
    expect(validator.validate({ anyOf: [{ type: 'string' }, { type: 'null' }] }, 3)[0]?.message).toBe('must be text or empty');
  });

  it('computes multiples on the digits that were written', () => {
    expect(keywords({ multipleOf: 0.01 }, 0.07)).toEqual([]);
    expect(keywords({ multipleOf: 0.01 }, 4.35)).toEqual([]);
    expect(keywords({ multipleOf: 0.01 }, 0.075)).toEqual(['multipleOf']);
    expect(keywords({ multipleOf: 7 }, 1e21)).toEqual(['multipleOf']);
  });

  it.each([
    ['date', '2024-02-29', '2025-02-29'],
    ['date-time', '2025-01-31T10:00:00+02:00', '2025-01-31T10:00:00'],
    ['time', '10:00:00Z', '25:00:00Z'],
    ['duration', 'P1DT2H', 'P'],
    ['email', 'ada@example.com', 'a@b'],
    ['hostname', 'api.example.com', '-a.example.com'],
    ['ipv4', '192.0.2.1', '192.0.2.256'],
    ['ipv6', '2001:db8::1', '2001:db8::1::2'],
    ['uri', 'https://example.com/a?b=%20', 'example.com'],
    ['uuid', '6f1c2a60-3b5e-4d0a-9a51-0a2b3c4d5e6f', '6f1c2a60'],
    ['regex', '^[a-z]+$', '(a'],
  ])('checks the format %s', (format, good, bad) => {
    expect(keywords({ format }, good)).toEqual([]);
    expect(keywords({ format }, bad)).toEqual(['format']);
    expect(keywords({ format }, 5)).toEqual([]);
  });

  it('tells what a text must look like by its example, where there is one', () => {
    const schema = { pattern: '^[a-z]+\\.csv$', examples: ['leads.csv'] };
    const said = (one: JsonSchema, value: string) => validator.validate(one, value).map(({ message }) => message);
    expect(said(schema, '../x')).toEqual(['must look like “leads.csv”']);
    expect(said({ pattern: '^a$' }, 'b')).toEqual(['must match the pattern ^a$']);
    expect(said({ type: ['integer', 'string'], pattern: '^[0-9]+$', examples: [4711] }, 'seven')).toEqual(['must look like “4711”']);
  });

  it('runs a hostile pattern in linear time', () => {
    expect(keywords({ pattern: '(a+)+$' }, `${'a'.repeat(100_000)}!`)).toEqual(['pattern']);
  });

  it('does not take what objects inherit for fields', () => {
    expect(keywords({ required: ['constructor', 'toString'] }, {})).toEqual(['constructor required', 'toString required']);
    const declared = JSON.parse('{ "properties": { "toString": { "type": "string" } }, "additionalProperties": false }') as JsonSchema;
    expect(keywords(declared, {})).toEqual([]);
  });

  it('survives schemas that are broken, endless or lead elsewhere', () => {
    const broken = JSON.parse('{ "type": "nonsense", "pattern": "(", "$ref": "https://example.com/schema" }') as JsonSchema;
    expect(keywords(broken, 'x')).toEqual(['type']);
    expect(keywords({ $ref: '#' }, 'x')).toEqual([]);
    expect(keywords({ $ref: '#/$defs/missing' }, 'x')).toEqual([]);
  });

  it('reports a missing value, and never changes the one it is given', () => {
    expect(keywords({ type: 'object' }, undefined)).toEqual(['required']);
    const value = Object.freeze({ a: 1 });
    expect(keywords({ properties: { b: { default: 2 } } }, value)).toEqual([]);
  });
});
