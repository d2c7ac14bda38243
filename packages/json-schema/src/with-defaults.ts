import { dereference, type SubSchema } from './dereference.ts';
import { isObject, type Json, type JsonObject } from './json.ts';
import type { JsonSchema } from './schema.ts';

/**
 * The value with the schema's defaults for what is missing, at any depth. The value itself is not changed.
 * A missing object is made only where a default says so; a missing root of an object schema counts as `{}`.
 */
export function withDefaults(schema: JsonSchema, value: Json | undefined): Json {
  const root = dereference(schema, schema);
  const start = value ?? (value === null ? null : (root.default ?? (describesObject(root) ? {} : null)));
  return fill(schema, structuredClone(start), schema);
}

function fill(subSchema: SubSchema, value: Json, root: JsonSchema): Json {
  const schema = dereference(subSchema, root);
  for (const part of schema.allOf ?? []) fill(part, value, root);
  if (Array.isArray(value)) fillItems(schema, value, root);
  else if (isObject(value)) fillFields(schema, value, root);
  return value;
}

function fillItems(schema: JsonSchema, value: Json[], root: JsonSchema): void {
  for (const [index, item] of value.entries()) {
    const own = schema.prefixItems?.[index] ?? schema.items;
    if (own !== undefined) fill(own, item, root);
  }
}

function fillFields(schema: JsonSchema, value: JsonObject, root: JsonSchema): void {
  for (const [key, own] of Object.entries(schema.properties ?? {})) {
    if (key === '__proto__') continue;
    if (!Object.hasOwn(value, key)) {
      const fallback = dereference(own, root).default;
      if (fallback === undefined) continue;
      value[key] = structuredClone(fallback);
    }
    fill(own, value[key] ?? null, root);
  }
}

function describesObject(schema: JsonSchema): boolean {
  return schema.type === 'object' || schema.properties !== undefined;
}
