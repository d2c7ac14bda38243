import type { SentenceValue } from '@weft/sentences';
import type { Json } from './json.ts';
import type { JsonSchema, SchemaType } from './schema.ts';
import { english, part } from './sentences.en.ts';

/** The narrowest JSON Schema type of a value: 3 is an integer, 3.5 a number. */
export function typeOf(value: Json): SchemaType {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  switch (typeof value) {
    case 'boolean':
      return 'boolean';
    case 'string':
      return 'string';
    case 'number':
      return Number.isInteger(value) ? 'integer' : 'number';
    default:
      return 'object';
  }
}

/** The types that the `type` keyword names, undefined where the schema names none. */
export function typesOf(schema: JsonSchema): SchemaType[] | undefined {
  if (schema.type === undefined) return undefined;
  const named = Array.isArray(schema.type) ? schema.type : [schema.type];
  // OpenAPI 3.0's way of saying it, which imported schemas still carry.
  return schema['nullable'] === true && !named.includes('null') ? [...named, 'null'] : named;
}

export function hasType(value: Json, types: readonly SchemaType[]): boolean {
  const own = typeOf(value);
  return types.includes(own) || (own === 'integer' && types.includes('number'));
}

/** Types as a business user reads them: "text or a number". */
export function typesPart(types: readonly SchemaType[]): SentenceValue {
  const [first = part('schema.type.none'), ...others] = types.map(typePart);
  return others.reduce<SentenceValue>((before, next) => part('schema.or', { before, next }), first);
}

/** A broken schema may name a type that there is not. */
const typePart = (type: SchemaType): SentenceValue => (Object.hasOwn(english, `schema.type.${type}`) ? part(`schema.type.${type}`) : type);
