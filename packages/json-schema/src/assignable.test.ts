import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { json, schema } from '../test/arbitraries.ts';
import { assignable } from './assignable.ts';
import { createInterpretingValidator } from './interpreter/index.ts';
import { parseJsonWithLimits } from './parse-json.ts';
import type { JsonSchema } from './schema.ts';

const { validate } = createInterpretingValidator();
const slow = 60_000;

describe('assignable', () => {
  it('never says yes when a value of the source breaks the target', () => {
    const isSound = fc.property(schema, schema, fc.array(json, { minLength: 6, maxLength: 6 }), (source, target, values) => {
      const sourceValues = values.filter((value) => validate(source, value).length === 0);
      return assignable(source, target).answer !== 'yes' || sourceValues.every((value) => validate(target, value).length === 0);
    });
    expect(fc.check(isSound, { numRuns: 400 }).counterexample).toBeNull();
  }, slow);

  it('says yes for a schema and its own copy, combinations aside', () => {
    const order: JsonSchema = {
      type: 'object',
      required: ['id'],
      additionalProperties: false,
      properties: { id: { type: 'string', maxLength: 5 }, lines: { type: 'array', items: { $ref: '#/$defs/line' } } },
      $defs: { line: { type: 'object', properties: { price: { type: ['number', 'null'] }, parts: { type: 'array', items: { $ref: '#/$defs/line' } } } } },
    };
    expect(assignable(order, structuredClone(order))).toEqual({ answer: 'yes' });
  });

  it.each<[JsonSchema, JsonSchema, string, string?]>([
    [{ type: 'integer' }, { type: 'number' }, 'yes'],
    [{ type: 'string' }, {}, 'yes'],
    [{ type: 'string', format: 'date' }, { type: 'string' }, 'yes'],
    [{ enum: ['a', 'b'] }, { type: 'string', enum: ['a', 'b', 'c'] }, 'yes'],
    [{ type: 'boolean' }, { enum: [true, false, null] }, 'yes'],
    [{ type: 'integer', minimum: 1, maximum: 9 }, { exclusiveMinimum: 0, exclusiveMaximum: 10 }, 'yes'],
    [{ type: ['string', 'null'] }, { anyOf: [{ type: 'null' }, { type: 'string' }] }, 'yes'],
    [{ type: 'number', multipleOf: 0.5 }, { multipleOf: 0.1 }, 'yes'],
    [{ type: 'number' }, { type: 'integer' }, 'maybe', 'may have a fraction, and the target needs a whole number'],
    [{ type: ['string', 'null'] }, { type: 'string' }, 'maybe', 'may be empty (null), and the target needs a value'],
    [{ type: 'string' }, { type: 'string', maxLength: 3 }, 'maybe', 'may be longer than 3 characters'],
    [{ type: 'string' }, { type: 'string', format: 'email' }, 'maybe', 'may not be an e-mail address'],
    [{ enum: ['a', 'z'] }, { enum: ['a', 'b'] }, 'maybe', 'may be "z", but must be one of: a, b'],
    [{}, { type: 'string' }, 'maybe', 'is not described, so it may not fit'],
    [{ type: 'object', properties: { a: { type: 'string' } } }, { type: 'object', required: ['a'] }, 'maybe', 'may lack the field a'],
    [{ type: 'string' }, { type: 'number' }, 'no', 'is text, and the target needs a number'],
    [{ type: 'array', items: { type: 'string' } }, { type: 'string' }, 'no', 'is a list, and the target needs text'],
    [{ type: 'string', format: 'date' }, { type: 'string', format: 'date-time' }, 'no'],
    // A bound of 64 bits, as other documents have it: one that JSON's numbers cannot say is held as its digits.
    [{ type: 'integer' }, { type: 'integer', minimum: -(2 ** 63), maximum: 2 ** 63 }, 'yes'],
    [{ type: 'integer' }, parseJsonWithLimits('{"type":"integer","minimum":-9223372036854775808,"maximum":9223372036854775807}') as JsonSchema, 'yes'],
    [{ type: 'integer', minimum: 10 }, { maximum: 5 }, 'no', 'may be more than 5'],
    [
      { type: 'array', items: { type: 'number' } },
      { type: 'array', items: { type: 'string' } },
      'no',
      'has items of which one is a number, and the target needs text',
    ],
  ])('%j to %j: %s', (source, target, answer, concern) => {
    expect(assignable(source, target)).toMatchObject({ answer, ...(concern !== undefined && { concern: { message: concern } }) });
  });

  it('compares recursive schemas, and gives up with a maybe where combinations multiply', () => {
    const tree: JsonSchema = { type: 'object', properties: { children: { type: 'array', items: { $ref: '#' } } } };
    expect(assignable(tree, structuredClone(tree)).answer).toBe('yes');
    const endless: JsonSchema = {
      anyOf: [{ $ref: '#/$defs/x' }, { $ref: '#/$defs/x' }],
      $defs: { x: { anyOf: [{ $ref: '#' }, { type: 'string', minLength: 2 }] } },
    };
    expect(assignable({ type: ['string', 'array'] }, endless).answer).not.toBe('no');
  });
});
