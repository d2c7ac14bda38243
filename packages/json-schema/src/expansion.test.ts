import { describe, expect, it } from 'vitest';
import { createAjvValidator } from './ajv/index.ts';
import { expansionOf, isWalkable } from './expansion.ts';
import { createInterpretingValidator } from './interpreter/index.ts';
import type { Json } from './json.ts';
import type { JsonSchema } from './schema.ts';
import { numberPlaces } from './exact-numbers.ts';
import { fieldsOf } from './fields.ts';
import { sampleOf } from './sample-of.ts';
import { schemaAt } from './schema-at.ts';

/** Each level holds the one below twice. */
function doubling(levels: number, leaf: JsonSchema = { type: 'object', properties: { a: { type: 'string' } } }): JsonSchema {
  const $defs: Record<string, JsonSchema> = { l0: leaf };
  for (let level = 1; level <= levels; level += 1) $defs[`l${level}`] = { allOf: [{ $ref: `#/$defs/l${level - 1}` }, { $ref: `#/$defs/l${level - 1}` }] };
  return { $ref: `#/$defs/l${levels}`, $defs };
}

/** Lists of itself on two ways: what a value costs doubles with each of its levels. */
const doublingByDepth: JsonSchema = {
  $ref: '#/$defs/node',
  $defs: {
    node: {
      allOf: [
        { type: 'object', properties: { next: { $ref: '#/$defs/node' } } },
        { properties: { next: { $ref: '#/$defs/node' }, name: { type: 'string' } } },
      ],
    },
  },
};

/** Sixty objects, each with twenty fields that are others of them and asked for, and a number. */
const wide: JsonSchema = {
  $ref: '#/$defs/n0',
  $defs: Object.fromEntries(
    Array.from({ length: 60 }, (_, at) => {
      const fields = Array.from({ length: 19 }, (_field, k): [string, JsonSchema] => [`a${k}`, { $ref: `#/$defs/n${(at * (k + 3) + 7 * k + 1) % 60}` }]);
      return [`n${at}`, { type: 'object', properties: { ...Object.fromEntries(fields), size: { type: 'number' } }, required: fields.map(([name]) => name) }];
    }),
  ),
};

function chain(depth: number, end: Json): Json {
  let value: Json = end;
  for (let level = 0; level < depth; level += 1) value = { next: value };
  return value;
}

const validators = { ajv: createAjvValidator(), interpreter: createInterpretingValidator() };

describe('a schema whose parts double with every level', () => {
  it('is counted in the time that it takes to read it', () => {
    expect(expansionOf(doubling(2_000)).parts).toBe(Number.POSITIVE_INFINITY);
    expect(isWalkable(doubling(30))).toBe(false);
    expect(isWalkable(doubling(10))).toBe(true);
    expect(expansionOf(doublingByDepth)).toMatchObject({ mayDouble: true });
    expect(expansionOf({ type: 'object', properties: { left: { $ref: '#' }, right: { $ref: '#' } } })).toMatchObject({ mayDouble: false });
  });

  it('is walked where they stand in fields, as in many descriptions of services: those are looked into one by one', () => {
    expect(expansionOf(wide).parts).toBeGreaterThan(1e6);
    expect(isWalkable(wide)).toBe(true);
    expect(fieldsOf(wide, wide)).toHaveLength(20);
    expect(JSON.stringify(sampleOf(wide)).length).toBeLessThan(1e6);
    expect(numberPlaces(wide)).toBeDefined();
  });

  it('folds thousands of parts that all hold', () => {
    const schema: JsonSchema = { allOf: Array.from({ length: 5_000 }, (_, at) => ({ properties: { [`f${at}`]: { type: 'string' } }, required: [`f${at}`] })) };
    expect(fieldsOf(schema, schema)).toHaveLength(5_000);
    expect(fieldsOf(schema, schema).every(({ required }) => required)).toBe(true);
    expect(Object.keys(sampleOf(schema) as object).length).toBeGreaterThan(500);
  });

  it.each(Object.entries(validators))('ends in %s with an issue, and is checked as far as that is possible', (_name, validator) => {
    expect(validator.validate(doubling(40), { a: 'x' })).toMatchObject([{ keyword: 'budget' }]);
    expect(validator.validate(doubling(8), { a: 'x' })).toEqual([]);
    expect(validator.validate(doubling(8), { a: 5 })).not.toEqual([]);
    expect(validator.validate(doublingByDepth, chain(60, {}))).toMatchObject([{ keyword: 'budget' }]);
    expect(validator.validate(doublingByDepth, chain(6, { name: 5 }))).not.toEqual([]);
  });

  it('is looked into at a path as deep as one likes', () => {
    expect(schemaAt(doublingByDepth, Array.from({ length: 60 }, () => 'next'))).toBeDefined();
  });
});

describe('a list whose items must differ', () => {
  const schema: JsonSchema = { type: 'array', uniqueItems: true };
  const many = Array.from({ length: 50_000 }, (_, id) => ({ id, name: `n${id}` }));

  it.each(Object.entries(validators))('takes %s no longer than its items', (_name, validator) => {
    expect(validator.validate(schema, many)).toEqual([]);
    expect(validator.validate(schema, [...many, { name: 'n7', id: 7 }])).toMatchObject([{ keyword: 'uniqueItems' }]);
    expect(validator.validate(schema, [1, '1', true, null, [1], ['1'], { a: [1, 2] }, { a: [2, 1] }])).toEqual([]);
    expect(validator.validate(schema, [{ a: { x: 1, y: 2 } }, { a: { y: 2, x: 1 } }])).toMatchObject([{ keyword: 'uniqueItems' }]);
  });
});

describe('a pattern that would take long', () => {
  const long = 'a'.repeat(1_000_000);
  const pattern = String.raw`(?:\pL|\pN|\pP|\pS){0,900}[^\pL]`;

  it.each(Object.entries(validators))('is not tried by %s on a text that is too long for it', (_name, validator) => {
    expect(validator.validate({ type: 'string', pattern }, long)).toMatchObject([{ message: 'is too long to be checked against its pattern' }]);
    expect(validator.validate({ type: 'string', pattern: '^a+$' }, long)).toEqual([]);
    expect(validator.validate({ type: 'string', pattern }, 'aa1')).toEqual([]);
    expect(validator.validate({ type: 'array', items: { type: 'string', pattern } }, Array.from({ length: 500 }, () => long.slice(0, 5_000)))).not.toEqual([]);
  });
});
