import { referenced, type SubSchema } from './dereference.ts';
import { isObject } from './json.ts';
import type { JsonSchema } from './schema.ts';

/**
 * Of what holds for one value at once; a schema with more is not walked. A few kilobytes in which each part holds the one below twice are a
 * thousand million parts to whoever follows every reference.
 */
const maxAtOnce = 20_000;

/** A schema with every reference followed, as whoever walks it meets it. */
export interface Expansion {
  /** Its parts; one that holds itself counts once on each way. Infinity for more than can be counted. */
  parts: number;
  /** The most of them that hold for one value, without those of its fields and items. */
  atOnce: number;
  /** It holds itself, and has parts that hold beside each other: what a value costs may double with every level of it. */
  mayDouble: boolean;
}

/** Worked out once for a schema, in time linear in what is written. */
export function expansionOf(schema: JsonSchema): Expansion {
  let known = expansions.get(schema);
  if (!known) expansions.set(schema, (known = expand(schema)));
  return known;
}

export const isWalkable = (schema: JsonSchema): boolean => expansionOf(schema).atOnce <= maxAtOnce;

const expansions = new WeakMap<JsonSchema, Expansion>();

/** Deeper ones are as good as endless. */
const maxDepth = 500;
/** Where parts stand that hold for the same value, and those that hold for its fields and items. */
const sameValue = { single: ['not', 'if', 'then', 'else'], lists: ['allOf', 'anyOf', 'oneOf'], tables: ['dependentSchemas'] };
const inside = {
  single: ['items', 'additionalProperties', 'contains', 'propertyNames', 'unevaluatedProperties', 'unevaluatedItems'],
  lists: ['prefixItems'],
  tables: ['properties', 'patternProperties'],
};
const beside = new Set(['allOf', 'anyOf', 'oneOf', 'if']);

function expand(root: JsonSchema): Expansion {
  const sizes = new Map<object, Size>();
  const open = new Set<object>();
  let isRecursive = false;
  let branches = false;
  let most = 0;

  function sizeOf(schema: SubSchema, depth: number): Size {
    if (!isObject(schema)) return leaf;
    const known = sizes.get(schema);
    if (known !== undefined) return known;
    if (open.has(schema)) {
      isRecursive = true;
      return leaf;
    }
    if (depth > maxDepth) return endless;
    open.add(schema);
    const size = { parts: 1, atOnce: 1 };
    const referred = typeof schema.$ref === 'string' ? referenced(schema.$ref, root) : undefined;
    for (const part of [...partsAt(schema, sameValue), ...(isObject(referred) ? [referred] : [])]) {
      const { parts, atOnce } = sizeOf(part, depth + 1);
      size.parts += parts;
      size.atOnce += atOnce;
    }
    for (const part of partsAt(schema, inside)) size.parts += sizeOf(part, depth + 1).parts;
    open.delete(schema);
    if (!branches && Object.keys(schema).some((keyword) => beside.has(keyword))) branches = true;
    if (size.atOnce > most) most = size.atOnce;
    sizes.set(schema, size);
    return size;
  }

  const { parts } = sizeOf(root, 0);
  return { parts, atOnce: most, mayDouble: isRecursive && branches };
}

type Size = Pick<Expansion, 'parts' | 'atOnce'>;
const leaf: Size = { parts: 1, atOnce: 1 };
const endless: Size = { parts: Number.POSITIVE_INFINITY, atOnce: Number.POSITIVE_INFINITY };

/** What stands at these keywords is a schema wherever it is an object; what is none says nothing. */
function partsAt(schema: JsonSchema, { single, lists, tables }: typeof inside): JsonSchema[] {
  const parts: unknown[] = single.map((keyword) => schema[keyword]);
  for (const keyword of lists) if (Array.isArray(schema[keyword])) parts.push(...schema[keyword]);
  for (const keyword of tables) if (isObject(schema[keyword])) parts.push(...Object.values(schema[keyword]));
  return parts.filter((part): part is JsonSchema => isObject(part));
}
