import { dereference } from './dereference.ts';
import type { JsonSchema } from './schema.ts';

/**
 * A declared schema whose `x-open` parts are refined by what the user described; everything else stays as declared.
 * An open part keeps its mark, its title and its type where the description contradicts them.
 */
export function mergeOpen(declared: JsonSchema, described?: JsonSchema): JsonSchema {
  return described ? merge(declared, described, declared, described) : declared;
}

function merge(declared: JsonSchema, described: JsonSchema, declaredRoot: JsonSchema, describedRoot: JsonSchema): JsonSchema {
  const own = dereference(declared, declaredRoot);
  const other = dereference(described, describedRoot);
  if (own['x-open'] === true) return refine(own, other, describedRoot);
  const merged: JsonSchema = { ...own };
  if (own.properties && other.properties) {
    const { properties } = other;
    merged.properties = Object.fromEntries(
      Object.entries(own.properties).map(([key, field]) => {
        const refinement = Object.hasOwn(properties, key) ? properties[key] : undefined;
        return [key, refinement ? merge(field, refinement, declaredRoot, describedRoot) : field];
      }),
    );
  }
  if (isSchema(own.items) && isSchema(other.items)) {
    merged.items = merge(own.items, other.items, declaredRoot, describedRoot);
  }
  return merged;
}

function refine(open: JsonSchema, described: JsonSchema, describedRoot: JsonSchema): JsonSchema {
  if (open.type !== undefined && described.type !== undefined && !overlaps(open, described)) return open;
  const { $defs = describedRoot.$defs, ...rest } = described;
  return {
    ...open,
    ...rest,
    ...($defs && { $defs }),
    ...(open.title !== undefined && { title: open.title }),
    ...(open.description !== undefined && described.description === undefined && { description: open.description }),
    'x-open': true,
  };
}

function overlaps(left: JsonSchema, right: JsonSchema): boolean {
  const types = [right.type].flat();
  return [left.type].flat().some((type) => types.includes(type));
}

function isSchema(schema: JsonSchema['items']): schema is JsonSchema {
  return typeof schema === 'object';
}
