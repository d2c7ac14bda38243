import type { SubSchema } from '../dereference.ts';
import type { JsonObject } from '../json.ts';
import { matchesPattern } from '../pattern.ts';
import type { JsonSchema } from '../schema.ts';
import { below, issue, passes, type Place } from './place.ts';
import { part } from '../sentences.en.ts';

export function checkObject(schema: JsonSchema, value: JsonObject, place: Place): void {
  const keys = Object.keys(value);
  if (Array.isArray(schema.required)) requireKeys(schema.required, value, place);
  if (schema.minProperties !== undefined && keys.length < schema.minProperties) {
    issue(place, 'minProperties', part('schema.minProperties', { count: schema.minProperties }));
  }
  if (schema.maxProperties !== undefined && keys.length > schema.maxProperties) {
    issue(place, 'maxProperties', part('schema.maxProperties', { count: schema.maxProperties }));
  }
  checkProperties(schema, keys, value, place);
  checkNames(schema, keys, place);
  checkDependents(schema, value, place);
  const unevaluated = schema['unevaluatedProperties'];
  if (unevaluated === undefined || !place.seen) return;
  // The keyword's value is a schema.
  for (const key of keys) if (!place.seen.keys.has(key)) checkField(unevaluated as SubSchema, key, value, place);
}

function requireKeys(required: readonly string[], value: JsonObject, place: Place): void {
  for (const key of required) {
    if (!Object.hasOwn(value, key)) issue(place, 'required', part('schema.missing'), [...place.path, key]);
  }
}

function checkProperties(schema: JsonSchema, keys: readonly string[], value: JsonObject, place: Place): void {
  const patterns = Object.entries(schema.patternProperties ?? {});
  const { properties, additionalProperties } = schema;
  for (const key of keys) {
    let declared = false;
    if (properties && key !== '__proto__' && Object.hasOwn(properties, key)) {
      declared = true;
      const own = properties[key];
      if (own !== undefined) checkField(own, key, value, place);
    }
    for (const [pattern, own] of patterns) {
      if (!matchesPattern(pattern, key)) continue;
      declared = true;
      checkField(own, key, value, place);
    }
    if (!declared && additionalProperties !== undefined) checkField(additionalProperties, key, value, place);
  }
}

function checkField(schema: SubSchema, key: string, value: JsonObject, place: Place): void {
  place.seen?.keys.add(key);
  const path = [...place.path, key];
  if (schema === false) return issue(place, 'additionalProperties', part('schema.notExpected'), path);
  const own = value[key];
  if (own !== undefined) place.check(schema, own, below(place, key));
}

function checkNames(schema: JsonSchema, keys: readonly string[], place: Place): void {
  if (schema.propertyNames === undefined) return;
  for (const key of keys) {
    const path = [...place.path, key];
    if (!passes(schema.propertyNames, key, below(place, key))) {
      issue(place, 'propertyNames', part('schema.propertyNames'), path);
    }
  }
}

function checkDependents(schema: JsonSchema, value: JsonObject, place: Place): void {
  // Both keywords hold what JSON Schema says they do: lists of names, and schemas.
  const required = Object.entries((schema['dependentRequired'] ?? {}) as Record<string, string[]>);
  for (const [key, others] of required) if (Object.hasOwn(value, key)) requireKeys(others, value, place);
  const schemas = Object.entries((schema['dependentSchemas'] ?? {}) as Record<string, SubSchema>);
  for (const [key, own] of schemas) if (Object.hasOwn(value, key)) place.check(own, value, place);
}
