import { referenced, type SubSchema } from './dereference.ts';
import { isObject } from './json.ts';
import type { JsonSchema } from './schema.ts';

/**
 * Larger schemas are not walked: a few kilobytes in which each part holds the one below twice are a thousand million parts to whoever
 * follows every reference.
 */
export const maxParts = 20_000;

/** A schema with every reference followed, as whoever walks it meets it. */
export interface Expansion {
  /** Its parts; one that holds itself counts once on each way. Infinity for more than can be counted. */
  parts: number;
  /** It holds itself, and has parts that hold beside each other: what a value costs may double with every level of it. */
  mayDouble: boolean;
}

/** Worked out once for a schema, in time linear in what is written. */
export function expansionOf(schema: JsonSchema): Expansion {
  let known = expansions.get(schema);
  if (!known) expansions.set(schema, (known = expand(schema)));
  return known;
}

export const isWalkable = (schema: JsonSchema): boolean => expansionOf(schema).parts <= maxParts;

const expansions = new WeakMap<JsonSchema, Expansion>();

/** Deeper ones are as good as endless. */
const maxDepth = 500;
const single = ['items', 'additionalProperties', 'not', 'if', 'then', 'else', 'contains', 'propertyNames', 'unevaluatedProperties', 'unevaluatedItems'];
const lists = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
const tables = ['properties', 'patternProperties', 'dependentSchemas'];
const beside = new Set(['allOf', 'anyOf', 'oneOf', 'if']);

function expand(root: JsonSchema): Expansion {
  const sizes = new Map<object, number>();
  const open = new Set<object>();
  let isRecursive = false;
  let branches = false;

  function sizeOf(schema: SubSchema, depth: number): number {
    if (!isObject(schema)) return 1;
    const known = sizes.get(schema);
    if (known !== undefined) return known;
    if (open.has(schema)) {
      isRecursive = true;
      return 1;
    }
    if (depth > maxDepth) return Number.POSITIVE_INFINITY;
    open.add(schema);
    let size = 1;
    for (const part of partsOf(schema, root)) size += sizeOf(part, depth + 1);
    open.delete(schema);
    if (!branches && Object.keys(schema).some((keyword) => beside.has(keyword))) branches = true;
    sizes.set(schema, size);
    return size;
  }

  const parts = sizeOf(root, 0);
  return { parts, mayDouble: isRecursive && branches };
}

/** What stands at these keywords is a schema wherever it is an object; what is none says nothing. */
function partsOf(schema: JsonSchema, root: JsonSchema): SubSchema[] {
  const parts: unknown[] = single.map((keyword) => schema[keyword]);
  for (const keyword of lists) if (Array.isArray(schema[keyword])) parts.push(...schema[keyword]);
  for (const keyword of tables) if (isObject(schema[keyword])) parts.push(...Object.values(schema[keyword]));
  if (typeof schema.$ref === 'string') parts.push(referenced(schema.$ref, root));
  return parts.filter((part): part is JsonSchema => isObject(part));
}
