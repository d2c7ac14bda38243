import { dereference, type SubSchema } from './dereference.ts';
import type { Json, JsonObject } from './json.ts';
import type { JsonSchema, SchemaType } from './schema.ts';
import { typesOf } from './type-of.ts';

/**
 * A synthetic value that fits the schema as far as can be told: examples, defaults and enums first, then formats and
 * limits. The same schema always gives the same sample.
 */
export function sampleOf(schema: JsonSchema): Json {
  return sample(schema, { root: schema, depth: 0, name: '', room: { left: maxValues } });
}

/** More is no sample that anybody reads; behind it only what is required is made, and behind four times as much nothing. */
const maxValues = 500;

interface Where {
  root: JsonSchema;
  depth: number;
  name: string;
  /** Values that may still be made. */
  room: { left: number };
}

const maxDepth = 8;

function sample(subSchema: SubSchema, where: Where): Json {
  where.room.left -= 1;
  const schema = merged(dereference(subSchema, where.root), where.root);
  const given = schema.const ?? schema.examples?.[0] ?? schema.default ?? schema.enum?.[0];
  if (given !== undefined) return structuredClone(given);
  const branch = (schema.anyOf ?? schema.oneOf)?.find((one) => dereference(one, where.root).type !== 'null');
  if (branch && where.depth < maxDepth) {
    const { anyOf: _any, oneOf: _one, ...beside } = schema;
    return sample(merged({ ...beside, allOf: [branch] }, where.root), { ...where, depth: where.depth + 1 });
  }
  switch (typeFor(schema)) {
    case 'object':
      return sampleObject(schema, where);
    case 'array':
      return sampleList(schema, where);
    case 'string':
      return sampleText(schema, where.name);
    case 'integer':
    case 'number':
      return sampleNumber(schema);
    case 'boolean':
      return true;
    case 'null':
      return null;
  }
}

function typeFor(schema: JsonSchema): SchemaType {
  const named = typesOf(schema);
  if (named) return named.find((type) => type !== 'null') ?? 'null';
  if (schema.properties || schema.required) return 'object';
  if (schema.items !== undefined || schema.prefixItems) return 'array';
  if (schema.minimum !== undefined || schema.maximum !== undefined || schema.multipleOf !== undefined) return 'number';
  return 'string';
}

/** `allOf` folded in, as far as a sample needs it: the fields of all parts, and the last word on everything else. */
function merged(schema: JsonSchema, root: JsonSchema, depth = 0): JsonSchema {
  if (!schema.allOf || depth > maxDepth) return schema;
  const { allOf, ...own } = schema;
  const parts = [own, ...allOf.map((part) => merged(dereference(part, root), root, depth + 1))];
  const required = parts.flatMap((part) => part.required ?? []);
  const properties = parts.flatMap((part) => (part.properties ? [part.properties] : []));
  return Object.assign({}, ...parts, properties.length > 0 && { properties: Object.assign({}, ...properties) }, required.length > 0 && { required });
}

function sampleObject(schema: JsonSchema, where: Where): JsonObject {
  const made: JsonObject = {};
  const required = new Set(schema.required);
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    // Recursive schemas end at the first place where nothing more is asked for.
    const isAskedFor = required.has(name) ? where.room.left > -3 * maxValues : where.depth < 4 && where.room.left > 0;
    if (name === '__proto__' || !isAskedFor || where.depth >= maxDepth) continue;
    made[name] = sample(field, { ...where, depth: where.depth + 1, name });
  }
  for (const name of required) {
    if (name === '__proto__' || Object.hasOwn(made, name)) continue;
    const extra = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : {};
    made[name] = where.depth >= maxDepth ? null : sample(extra, { ...where, depth: where.depth + 1, name });
  }
  return made;
}

function sampleList(schema: JsonSchema, where: Where): Json[] {
  const inner = { ...where, depth: where.depth + 1 };
  const made = where.depth >= maxDepth ? [] : (schema.prefixItems ?? []).map((item) => sample(item, inner));
  const wanted = Math.min(schema.minItems ?? 1, schema.maxItems ?? Infinity, 10);
  const { items } = schema;
  if (items === undefined || items === false || where.depth >= maxDepth) return made;
  while (made.length < Math.max(wanted, made.length === 0 && schema.maxItems !== 0 ? 1 : 0)) made.push(sample(items, inner));
  return made;
}

const samplesByFormat: Record<string, string> = {
  date: '2025-01-31',
  time: '14:30:00Z',
  'date-time': '2025-01-31T14:30:00Z',
  duration: 'P1D',
  email: 'ada@example.com',
  mailbox: 'Ada <ada@example.com>',
  hostname: 'api.example.com',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  uri: 'https://example.com/',
  'uri-reference': '/path',
  uuid: '6f1c2a60-3b5e-4d0a-9a51-0a2b3c4d5e6f',
  'json-pointer': '/id',
  regex: '^[a-z]+$',
};

function sampleText(schema: JsonSchema, name: string): string {
  const byFormat = schema.format === undefined ? undefined : samplesByFormat[schema.format];
  if (byFormat !== undefined) return byFormat;
  const text = name || 'text';
  const atLeast = text.padEnd(Math.min(schema.minLength ?? 0, 10_000), 'x');
  return schema.maxLength === undefined ? atLeast : atLeast.slice(0, schema.maxLength);
}

function sampleNumber(schema: JsonSchema): number {
  const least = schema.minimum ?? (schema.exclusiveMinimum === undefined ? undefined : schema.exclusiveMinimum + 1);
  const most = schema.maximum ?? (schema.exclusiveMaximum === undefined ? undefined : schema.exclusiveMaximum - 1);
  const wanted = Math.max(least ?? Math.min(1, most ?? 1), Math.min(1, most ?? 1));
  if (schema.multipleOf !== undefined && schema.multipleOf > 0) return Math.ceil(wanted / schema.multipleOf) * schema.multipleOf;
  return typesOf(schema)?.includes('integer') ? Math.ceil(wanted) : wanted;
}
