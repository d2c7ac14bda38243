import { asSchema, dereference, isAnything, referenced, type SubSchema } from './dereference.ts';
import { isObject } from './json.ts';
import type { JsonSchema, SchemaType } from './schema.ts';
import { typeOf, typesOf } from './type-of.ts';

/** A field that an object of a schema may have. */
export interface SchemaField {
  name: string;
  /** References in it are those of the root. */
  schema: JsonSchema;
  /** In every way in which the object can look. */
  required: boolean;
}

/**
 * The ways in which a value can look: `$ref` followed, what always holds (`allOf`) folded in, and one way for each branch of `oneOf`,
 * `anyOf` and `if`, each with what stands beside the branches. Forms, trees and checks go by it, so they agree which fields there are.
 * @returns at least one; at most 64, so a schema of branches in branches costs no more than can be shown.
 */
export function waysOf(schema: SubSchema, root: JsonSchema): JsonSchema[] {
  return expand(dereference(schema, root), root, 0);
}

/** The fields of an object of the schema, in its order; whether others are welcome is `takesOthers`. */
export function fieldsOf(schema: SubSchema, root: JsonSchema): SchemaField[] {
  return fieldsOfWays(waysOf(schema, root));
}

/** The same where the ways are known already. */
export function fieldsOfWays(ways: readonly JsonSchema[]): SchemaField[] {
  const objects = ways.filter((way) => kindsOfWay(way).includes('object'));
  const fields = new Map<string, SchemaField>();
  for (const { properties } of objects) {
    for (const [name, schema] of Object.entries(properties ?? {})) {
      if (!fields.has(name)) fields.set(name, { name, schema: asSchema(schema), required: objects.every(({ required }) => required?.includes(name) ?? false) });
    }
  }
  return [...fields.values()];
}

/** Names that are not among the fields are welcome: nothing is said of the value, or the schema says so. */
export const takesOthers = (ways: readonly JsonSchema[]): boolean =>
  ways.some((way) => isAnything(way) ||
    (kindsOfWay(way).includes('object') && (way.properties === undefined || (way.additionalProperties !== undefined && way.additionalProperties !== false))));

/** The types that one way allows, as far as it says so. */
export function kindsOfWay(way: JsonSchema): SchemaType[] {
  const named = typesOf(way);
  if (named) return named;
  if (way.const !== undefined || way.enum) return [...new Set((way.enum ?? [way.const ?? null]).map(typeOf))];
  if (way.properties) return ['object'];
  return way.items !== undefined || way.prefixItems ? ['array'] : [];
}

/** What may hold beside a schema itself: every part and branch of it. */
export function branchesOf(schema: JsonSchema): SubSchema[] {
  const conditional = [schema['then'], schema['else']].filter((branch) => typeof branch === 'boolean' || isObject(branch));
  // What stands at the keyword is a schema, or was left out above.
  return [...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(conditional as SubSchema[])];
}

/** Every reference of a schema that leads nowhere, once, in its order. */
export function brokenReferences(root: JsonSchema): string[] {
  const broken = new Set<string>();
  const open: unknown[] = [root];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, inner] of Object.entries(value)) {
      if (key === '$ref' && typeof inner === 'string') {
        if (referenced(inner, root) === undefined) broken.add(inner);
      } else if (!dataKeywords.has(key)) open.push(inner);
    }
  }
  return [...broken];
}

/** Values, in which a `$ref` is a field like any other. */
const dataKeywords: ReadonlySet<string> = new Set(['const', 'default', 'enum', 'examples']);

const maxWays = 64;
const maxNested = 8;

function expand(schema: JsonSchema, root: JsonSchema, depth: number): JsonSchema[] {
  if (depth > maxNested) return [schema];
  const { allOf = [], anyOf, oneOf, if: _condition, then, else: otherwise, ...own } = schema;
  let ways: JsonSchema[] = [own];
  const waysOfAll = (branches: readonly SubSchema[]): JsonSchema[] => branches.flatMap((branch) => expand(dereference(branch, root), root, depth + 1));
  const combine = (chosen: readonly JsonSchema[]): void => {
    if (chosen.length > 0) ways = ways.flatMap((way) => chosen.map((branch) => together([way, branch]))).slice(0, maxWays);
  };
  const choose = (branches: readonly SubSchema[]): void => combine(waysOfAll(branches));
  // What has one way only is folded in at once.
  let certain: JsonSchema[] = [];
  const foldIn = (): void => {
    if (certain.length > 0) ways = ways.map((way) => together([way, ...certain]));
    certain = [];
  };
  for (const part of allOf) {
    const chosen = waysOfAll([part]);
    if (chosen.length === 1) certain.push(...chosen);
    else {
      foldIn();
      combine(chosen);
    }
  }
  foldIn();
  if (anyOf) choose(anyOf);
  if (oneOf) choose(oneOf);
  // Without the other branch there is the way in which the condition does not hold.
  if (then !== undefined || otherwise !== undefined) {
    choose([then, otherwise].map((branch): SubSchema => (typeof branch === 'boolean' || isObject(branch) ? (branch as SubSchema) : {})));
  }
  return ways;
}

/** All at once. Keywords of later ones win; fields are merged. */
function together(parts: readonly JsonSchema[]): JsonSchema {
  const merged: JsonSchema = Object.assign({}, ...parts);
  const described = parts.flatMap(({ properties }) => (properties ? [properties] : []));
  if (described.length > 1) {
    const fields = new Map<string, JsonSchema>();
    for (const properties of described) {
      for (const [name, schema] of Object.entries(properties)) {
        const own = fields.get(name);
        fields.set(name, isObject(own) && isObject(schema) ? { ...own, ...schema } : schema);
      }
    }
    merged.properties = Object.fromEntries(fields);
  }
  const required = parts.flatMap((part) => (part.required ? [part.required] : []));
  if (required.length > 1) merged.required = [...new Set(required.flat())];
  return merged;
}
