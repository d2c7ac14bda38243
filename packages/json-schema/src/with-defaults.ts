import { dereference, type SubSchema } from './dereference.ts';
import { equal } from './equal.ts';
import { isObject, type Json, type JsonObject } from './json.ts';
import type { JsonSchema } from './schema.ts';

/**
 * The value with the schema's defaults for what is missing, at any depth. The value itself is not changed; parts where nothing is
 * missing are the very same in the result, so that what is handed on from step to step stays one object.
 * Of alternatives the one that the value's constants tell counts, of `if` the side whose condition holds, there with its constants, too.
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
  if (Array.isArray(result)) return filledItems(schema, result, root);
  return isObject(result) ? filledBranches(schema, filledFields(schema, result, root), root) : result;
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

/** What the value says for itself which alternative it is, and which side of an `if`: those count as well. */
function filledBranches(schema: JsonSchema, value: JsonObject, root: JsonSchema): JsonObject {
  if (schema.oneOf === undefined && schema.anyOf === undefined && schema['if'] === undefined) return value;
  let result = value;
  for (const alternatives of [schema.oneOf, schema.anyOf]) {
    const told = alternatives?.find((one) => isTold(dereference(one, root), result, root));
    if (told !== undefined) result = asObject(filled(told, result, root), result);
  }
  const { if: condition, then, else: otherwise } = schema;
  if (!isObject(condition)) return result;
  // What stands at the keyword of a schema is one.
  const side = holds(dereference(condition as SubSchema, root), result, root) ? then : otherwise;
  if (!isObject(side)) return result;
  const branch = dereference(side as SubSchema, root);
  const constants = constantsMissing(branch, result, root);
  return asObject(filled(branch, Object.keys(constants).length > 0 ? { ...constants, ...result } : result, root), result);
}

const asObject = (filledValue: Json, before: JsonObject): JsonObject => (isObject(filledValue) ? filledValue : before);

/** Whether the value has what tells this alternative apart: each of its constants. One without constants cannot be told. */
function isTold(alternative: JsonSchema, value: JsonObject, root: JsonSchema): boolean {
  const constants = constantsOf(alternative, root);
  return constants.length > 0 && constants.every(([name, constant]) => Object.hasOwn(value, name) && equal(value[name], constant));
}

/** Conditions as forms make them: fields that are there, and have one of certain values. */
function holds(condition: JsonSchema, value: JsonObject, root: JsonSchema): boolean {
  if (condition.required?.some((name) => !Object.hasOwn(value, name))) return false;
  return Object.entries(condition.properties ?? {}).every(([name, own]) => {
    const { const: constant, enum: choices } = dereference(own, root);
    const given = Object.hasOwn(value, name) ? value[name] : undefined;
    if (given === undefined) return true;
    return (constant === undefined || equal(given, constant)) && (choices?.some((choice) => equal(given, choice)) ?? true);
  });
}

/** Of a branch that counts: what can only be one value, and has to be there. */
function constantsMissing(branch: JsonSchema, value: JsonObject, root: JsonSchema): JsonObject {
  return Object.fromEntries(constantsOf(branch, root).filter(([name]) => branch.required?.includes(name) && !Object.hasOwn(value, name)));
}

const constantsOf = ({ properties = {} }: JsonSchema, root: JsonSchema): [string, Json][] =>
  Object.entries(properties).flatMap(([name, own]) => {
    const { const: constant } = dereference(own, root);
    return constant === undefined || name === '__proto__' ? [] : [[name, constant]];
  });

/** A copy, in case a caller changes it. */
function defaultOf({ default: made }: JsonSchema): Json | undefined {
  return typeof made === 'object' ? structuredClone(made) : made;
}

function describesObject(schema: JsonSchema): boolean {
  return schema.type === 'object' || schema.properties !== undefined;
}
