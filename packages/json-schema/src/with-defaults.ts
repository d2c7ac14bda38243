import { dereference, type SubSchema } from './dereference.ts';
import { isObject, type Json, type JsonObject } from './json.ts';
import type { JsonSchema } from './schema.ts';

/**
 * The value with the schema's defaults for what is missing, at any depth. The value itself is not changed; parts where nothing is
 * missing are the very same in the result, so that what is handed on from step to step stays one object.
 * A missing object is made only where a default says so; a missing root of an object schema counts as `{}`.
 */
export function withDefaults(schema: JsonSchema, value: Json | undefined): Json {
  const root = dereference(schema, schema);
  const start = value ?? (value === null ? null : (defaultOf(root) ?? (describesObject(root) ? {} : null)));
  return filled(schema, start, schema);
}

function filled(subSchema: SubSchema, value: Json, root: JsonSchema): Json {
  if (typeof value !== 'object' || value === null) return value;
  const schema = dereference(subSchema, root);
  let result: Json = value;
  for (const part of schema.allOf ?? []) result = filled(part, result, root);
  return Array.isArray(result) ? filledItems(schema, result, root) : isObject(result) ? filledFields(schema, result, root) : result;
}

function filledItems(schema: JsonSchema, value: Json[], root: JsonSchema): Json[] {
  if (schema.prefixItems === undefined && schema.items === undefined) return value;
  let copy: Json[] | undefined;
  for (const [index, item] of value.entries()) {
    const own = schema.prefixItems?.[index] ?? schema.items;
    const whole = own === undefined ? item : filled(own, item, root);
    if (whole !== item) (copy ??= [...value])[index] = whole;
  }
  return copy ?? value;
}

function filledFields(schema: JsonSchema, value: JsonObject, root: JsonSchema): JsonObject {
  let copy: JsonObject | undefined;
  for (const [key, own] of Object.entries(schema.properties ?? {})) {
    if (key === '__proto__') continue;
    const isThere = Object.hasOwn(value, key);
    const given = isThere ? value[key] : defaultOf(dereference(own, root));
    if (given === undefined) continue;
    const whole = filled(own, given, root);
    if (!isThere || whole !== given) (copy ??= { ...value })[key] = whole;
  }
  return copy ?? value;
}

/** A copy, in case a caller changes it. */
function defaultOf({ default: made }: JsonSchema): Json | undefined {
  return typeof made === 'object' ? structuredClone(made) : made;
}

function describesObject(schema: JsonSchema): boolean {
  return schema.type === 'object' || schema.properties !== undefined;
}
