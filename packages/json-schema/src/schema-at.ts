import { bundle } from './bundle.ts';
import { dereference, isAnything, type SubSchema } from './dereference.ts';
import { branchesOf } from './fields.ts';
import type { Path } from './path.ts';
import { matchesPattern } from './pattern.ts';
import type { JsonSchema } from './schema.ts';
import { typesOf } from './type-of.ts';

/**
 * The schema at a path of a value. Follows `$ref` and looks through `allOf`, `anyOf`, `oneOf` and `if`; digits go into a
 * list's items, a name never does.
 * @returns `{}` below something that is not described at all; undefined where the schema has no such place.
 */
export function schemaAt(schema: JsonSchema, path: Path): JsonSchema | undefined {
  if (path.length === 0) return schema;
  let known = found.get(schema);
  if (!known || known.size > maxKnown) found.set(schema, (known = new Map()));
  const key = path.join('\0');
  if (!known.has(key)) known.set(key, find(schema, path));
  return known.get(key);
}

/** By schema, weakly, then by path: while a person edits, the same places are asked for at every keystroke. */
const found = new WeakMap<JsonSchema, Map<string, JsonSchema | undefined>>();
const maxKnown = 5_000;

function find(schema: JsonSchema, path: Path): JsonSchema | undefined {
  let current: SubSchema[] = [schema];
  for (const segment of path) {
    // The same part on several ways counts once: ways can double with every step.
    current = [...new Set(current.flatMap((one) => step(one, segment, schema)))];
    if (current.length === 0) return undefined;
  }
  const places = distinct(current);
  const [only] = places;
  return bundle(places.length === 1 && only ? only : { anyOf: places }, schema);
}

/** How surely a value is there: walks the path and asks at each step whether the field may be absent or null. */
export interface Presence {
  mayBeMissing: boolean;
  /** Some object on the way, or the value itself, may be null. */
  mayBeNull: boolean;
}

export function presenceAt(schema: JsonSchema, path: Path): Presence {
  const presence: Presence = { mayBeMissing: false, mayBeNull: allowsNull(schema, schema) };
  for (let length = 1; length <= path.length; length += 1) {
    const parent = schemaAt(schema, path.slice(0, length - 1)) ?? {};
    const segment = path[length - 1] ?? '';
    if (!isPromised(parent, segment, parent)) presence.mayBeMissing = true;
    const own = schemaAt(schema, path.slice(0, length));
    if (own && allowsNull(own, own)) {
      if (length < path.length) presence.mayBeMissing = true;
      else presence.mayBeNull = true;
    }
  }
  return presence;
}

/** Whether null fits: only where the schema says so by a type or a branch; an undescribed value is not suspected. */
export function allowsNull(subSchema: SubSchema, root: JsonSchema): boolean {
  const schema = dereference(subSchema, root);
  if (typesOf(schema)) return typesOf(schema)?.includes('null') ?? false;
  if (schema.enum) return schema.enum.includes(null);
  if (schema.const !== undefined) return schema.const === null;
  return [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].some((branch) => allowsNull(branch, root));
}

function isPromised(subSchema: SubSchema, segment: string, root: JsonSchema): boolean {
  const schema = dereference(subSchema, root);
  if (isAnything(schema) || schema.required?.includes(segment)) return true;
  if (isIndex(segment) && Number(segment) < (schema.minItems ?? 0)) return true;
  if (schema.allOf?.some((part) => isPromised(part, segment, root))) return true;
  const branches = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].filter((branch) => !isNull(branch, root));
  return branches.length > 0 && branches.every((branch) => isPromised(branch, segment, root));
}

function isNull(subSchema: SubSchema, root: JsonSchema): boolean {
  return dereference(subSchema, root).type === 'null';
}

function step(subSchema: SubSchema, segment: string, root: JsonSchema): SubSchema[] {
  const schema = dereference(subSchema, root);
  if (isAnything(schema)) return [{}];
  const own = isIndex(segment) && mayBe(schema, 'array') ? intoItems(schema, segment) : undefined;
  const direct = own ?? (mayBe(schema, 'object') ? intoFields(schema, segment) : []);
  const parts = branchesOf(schema);
  return [...direct, ...parts.filter((part) => !isAnything(part)).flatMap((part) => step(part, segment, root))];
}

function intoItems(schema: JsonSchema, segment: string): SubSchema[] | undefined {
  const own = schema.prefixItems?.[Number(segment)] ?? schema.items;
  if (own === undefined) return schema.type === 'array' ? [{}] : undefined;
  return own === false ? [] : [own];
}

function intoFields(schema: JsonSchema, segment: string): SubSchema[] {
  const { properties, additionalProperties } = schema;
  const own = properties && Object.hasOwn(properties, segment) ? properties[segment] : undefined;
  if (own !== undefined) return [own];
  const matching = Object.entries(schema.patternProperties ?? {}).filter(([pattern]) => matchesPattern(pattern, segment));
  if (matching.length > 0) return matching.map(([, field]) => field);
  if (additionalProperties !== undefined) return additionalProperties === false ? [] : [additionalProperties];
  const isOpaque = schema.type !== undefined && !properties && !schema.patternProperties && branchesOf(schema).length === 0;
  return isOpaque ? [{}] : [];
}

function mayBe(schema: JsonSchema, type: 'array' | 'object'): boolean {
  return typesOf(schema)?.includes(type) ?? true;
}

function isIndex(segment: string): boolean {
  return /^(?:0|[1-9]\d*)$/.test(segment);
}

function distinct(schemas: readonly SubSchema[]): JsonSchema[] {
  const objects = schemas.map((schema) => (schema === true ? {} : schema)).filter((schema) => schema !== false);
  if (objects.length < 2) return objects;
  return [...new Map(objects.map((schema) => [JSON.stringify(schema), schema])).values()];
}
