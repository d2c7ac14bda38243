import { dereference, type SubSchema } from './dereference.ts';
import type { JsonSchema } from './schema.ts';

/**
 * A declared schema whose `x-open` parts are refined by what the user described; everything else stays as declared.
 * An open part keeps its mark, its title and its type where the description contradicts them.
 */
export function mergeOpen(declared: JsonSchema, described?: JsonSchema): JsonSchema {
  return described ? merge(declared, described, { declaredRoot: declared, describedRoot: described, isWanted: false }) : declared;
}

/** The same of what a step takes: an open part that the description requires, such as the parameters of a query, has to be there. */
export function mergeWanted(declared: JsonSchema, described?: JsonSchema): JsonSchema {
  return described ? merge(declared, described, { declaredRoot: declared, describedRoot: described, isWanted: true }) : declared;
}

interface Merging {
  declaredRoot: JsonSchema;
  describedRoot: JsonSchema;
  isWanted: boolean;
}

function merge(declared: JsonSchema, described: JsonSchema, merging: Merging): JsonSchema {
  const { declaredRoot, describedRoot, isWanted } = merging;
  const own = dereference(declared, declaredRoot);
  const other = dereference(described, describedRoot);
  if (own['x-open'] === true) return refine(own, other, describedRoot);
  const merged: JsonSchema = { ...own };
  if (own.properties && other.properties) {
    const { properties } = other;
    merged.properties = Object.fromEntries(
      Object.entries(own.properties).map(([key, field]) => {
        const refinement = Object.hasOwn(properties, key) ? properties[key] : undefined;
        return [key, refinement ? merge(field, refinement, merging) : field];
      }),
    );
  }
  if (isSchema(own.items) && isSchema(other.items)) {
    merged.items = merge(own.items, other.items, merging);
  }
  const wanted = isWanted ? (other.required ?? []).filter((name) => isOpen(own.properties?.[name], declaredRoot)) : [];
  if (wanted.length > 0) merged.required = [...new Set([...(own.required ?? []), ...wanted])];
  return merged;
}

const isOpen = (field: SubSchema | undefined, root: JsonSchema): boolean => field !== undefined && dereference(field, root)['x-open'] === true;

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
