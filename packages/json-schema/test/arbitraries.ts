import fc from 'fast-check';
import type { Json, JsonSchema, SchemaType, SubSchema } from '../src/index.ts';

const key = fc.constantFrom('a', 'b', 'c', 'constructor', 'ab1');
const texts = fc.constantFrom(
  '',
  'a',
  'ab',
  'x1',
  '2025-01-31',
  '2025-02-30',
  '2025-01-31T10:00:00Z',
  'a@b',
  'ada@example.com',
  '😀',
  'https://a.b/c',
  '127.0.0.1',
);
const numbers = fc.constantFrom(0, 1, -1, 2, 3, 0.5, 0.07, 1.1, 10, 1e21, 2147483648);

/** JSON values from a small vocabulary, so that they often meet the schemas below. */
export const json: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(null, true, false),
    texts,
    numbers,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(key, tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).value;

const scalarKeywords: fc.Arbitrary<JsonSchema> = fc.oneof(
  fc.record({ minimum: numbers }),
  fc.record({ maximum: numbers }),
  fc.record({ exclusiveMinimum: numbers }),
  fc.record({ exclusiveMaximum: numbers }),
  fc.record({ multipleOf: fc.constantFrom(1, 2, 0.01, 0.5, 1e-7) }),
  fc.record({ minLength: fc.nat(3) }),
  fc.record({ maxLength: fc.nat(3) }),
  fc.record({ pattern: fc.constantFrom('^a', 'b$', '[0-9]', '(a+)+$', '(?=x)', '[') }),
  fc.record({ format: fc.constantFrom('date', 'date-time', 'email', 'uri', 'ipv4', 'int32', 'nonsense', 'uri-reference', 'uuid') }),
  fc.record({ minItems: fc.nat(2) }),
  fc.record({ maxItems: fc.nat(2) }),
  fc.record({ uniqueItems: fc.boolean() }),
  fc.record({ minProperties: fc.nat(2) }),
  fc.record({ maxProperties: fc.nat(2) }),
  fc.record({ required: fc.uniqueArray(key, { maxLength: 2 }) }),
  fc.record({ enum: fc.array(json, { minLength: 1, maxLength: 3 }) }),
  fc.record({ const: json }),
);

const type = fc.constantFrom<SchemaType>('null', 'boolean', 'integer', 'number', 'string', 'array', 'object');

/** Schemas over the same vocabulary, every keyword that Weft reads among them; references lead into `$defs`. */
export const schema: fc.Arbitrary<JsonSchema> = fc
  .letrec<{ sub: SubSchema; schema: JsonSchema }>((tie) => ({
    sub: fc.oneof({ weight: 12, arbitrary: tie('schema') }, { weight: 1, arbitrary: fc.boolean() }),
    schema: fc.oneof(
      { maxDepth: 3 },
      fc.record({ type }),
      fc.record({ type: fc.uniqueArray(type, { minLength: 1, maxLength: 3 }) }),
      scalarKeywords,
      fc.constant({ $ref: '#/$defs/own' }),
      fc.tuple(fc.oneof(fc.record({ type }), fc.constant({})), scalarKeywords, scalarKeywords).map((parts) => Object.assign({}, ...parts)),
      fc.record({ items: tie('sub') }),
      fc.record({ type: fc.constant('array'), prefixItems: fc.array(tie('sub'), { minLength: 1, maxLength: 2 }), items: tie('sub') }),
      fc.record({ contains: tie('sub'), minContains: fc.nat(2), maxContains: fc.nat(2) }),
      fc.record(
        {
          type: fc.constant('object'),
          properties: fc.dictionary(key, tie('sub'), { maxKeys: 3, noNullPrototype: true }),
          required: fc.uniqueArray(key, { maxLength: 2 }),
          additionalProperties: tie('sub'),
        },
        { requiredKeys: ['properties'] },
      ),
      fc.record({ patternProperties: fc.dictionary(fc.constantFrom('^a', 'b'), tie('sub'), { maxKeys: 2, noNullPrototype: true }) }),
      fc.record({ propertyNames: tie('sub') }),
      fc.record({ dependentRequired: fc.dictionary(key, fc.uniqueArray(key, { maxLength: 2 }), { maxKeys: 1, noNullPrototype: true }) }),
      fc.record({ dependentSchemas: fc.dictionary(key, tie('sub'), { maxKeys: 1, noNullPrototype: true }) }),
      fc.record({ allOf: fc.array(tie('sub'), { minLength: 1, maxLength: 2 }), unevaluatedProperties: tie('sub') }),
      fc.record({ anyOf: fc.array(tie('sub'), { minLength: 1, maxLength: 2 }), unevaluatedItems: tie('sub') }),
      fc.record({ allOf: fc.array(tie('sub'), { minLength: 1, maxLength: 2 }) }),
      fc.record({ anyOf: fc.array(tie('sub'), { minLength: 1, maxLength: 3 }) }),
      fc.record({ oneOf: fc.array(tie('sub'), { minLength: 1, maxLength: 3 }) }),
      fc.record({ not: tie('sub') }),
      fc.record({ if: tie('sub'), then: tie('sub'), else: tie('sub') }),
    ) as fc.Arbitrary<JsonSchema>,
  }))
  .schema.chain((root) => own.map((definition) => ({ ...root, $defs: { own: definition } })));

const own: fc.Arbitrary<JsonSchema> = fc.constantFrom<JsonSchema>(
  { type: 'string' },
  { type: 'object', properties: { a: { $ref: '#/$defs/own' } }, required: ['b'] },
  { type: ['array', 'integer'], items: { $ref: '#/$defs/own' } },
  { anyOf: [{ type: 'null' }, { $ref: '#' }] },
);
