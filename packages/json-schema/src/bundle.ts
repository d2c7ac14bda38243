import { referenced, type SubSchema } from './dereference.ts';
import { isObject } from './json.ts';
import type { JsonSchema } from './schema.ts';

const bundled = new WeakMap<JsonSchema, WeakMap<JsonSchema, JsonSchema>>();

/**
 * A part of `root` that stands on its own: what its references name comes along under `$defs`.
 * A part without references is returned as it is; the same part of the same root gives the same object each time.
 */
export function bundle(part: JsonSchema, root: JsonSchema): JsonSchema {
  if (part === root || !hasReference(part)) return part;
  const known = bundled.get(root) ?? new WeakMap<JsonSchema, JsonSchema>();
  bundled.set(root, known);
  const made = known.get(part) ?? make(part, root);
  known.set(part, made);
  return made;
}

function make(part: JsonSchema, root: JsonSchema): JsonSchema {
  const names = new Map<string, string>();
  const $defs: Record<string, JsonSchema> = {};
  const rewrite = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(rewrite);
    if (!isObject(value)) return value;
    const entries = Object.entries(value).filter(([key]) => key !== '__proto__');
    return Object.fromEntries(
      entries.map(([key, own]) => [key, key === '$ref' && typeof own === 'string' ? define(own) : rewrite(own)]),
    );
  };
  const define = ($ref: string): string => {
    const known = names.get($ref);
    if (known !== undefined) return `#/$defs/${known}`;
    const target = referenced($ref, root);
    if (target === undefined) return $ref;
    const name = `d${names.size}_${($ref.split('/').at(-1) ?? '').replaceAll(/[^A-Za-z0-9]/g, '')}`;
    names.set($ref, name);
    // The casts hold because rewriting keeps every shape.
    $defs[name] = rewrite(withoutDefinitions(target)) as JsonSchema;
    return `#/$defs/${name}`;
  };
  // Here too: what had the shape of a schema has it still.
  const own = rewrite(withoutDefinitions(part)) as JsonSchema;
  return { ...own, $defs };
}

function withoutDefinitions(schema: SubSchema): SubSchema {
  if (typeof schema === 'boolean') return schema;
  const { $defs: _definitions, ...rest } = schema;
  return rest;
}

/** Known for every schema that was asked about: big sources are asked about at every keystroke. */
const referring = new WeakMap<object, boolean>();

function hasReference(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const known = referring.get(value);
  if (known !== undefined) return known;
  const found = Array.isArray(value)
    ? value.some(hasReference)
    : Object.entries(value).some(([key, own]) => (key === '$ref' && typeof own === 'string') || hasReference(own));
  referring.set(value, found);
  return found;
}
