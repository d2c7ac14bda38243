import { isObject } from './json.ts';
import type { JsonSchema } from './schema.ts';

/** A schema as it may stand inside another one: `true` allows everything, `false` nothing. */
export type SubSchema = JsonSchema | boolean;

const maxHops = 32;

/**
 * Follows `$ref` (pointers and anchors inside `root`; nothing is ever fetched) until a schema without one.
 * Keywords beside a `$ref` are kept and win over the referenced ones.
 * @returns `{}` where the reference leads nowhere: what cannot be known is not restricted.
 */
export function dereference(schema: SubSchema, root: JsonSchema): JsonSchema {
  let current = asSchema(schema);
  for (let hop = 0; typeof current.$ref === 'string' && hop < maxHops; hop += 1) {
    const { $ref, ...beside } = current;
    const target = asSchema(referenced($ref, root) ?? {});
    current = Object.keys(beside).length === 0 ? target : { ...target, ...beside };
  }
  return current;
}

/** The schema that `$ref` names inside `root`, or undefined. */
export function referenced($ref: string, root: JsonSchema): SubSchema | undefined {
  if ($ref === '#') return root;
  if (!$ref.startsWith('#')) return undefined;
  const fragment = decoded($ref.slice(1));
  if (!fragment.startsWith('/')) return anchored(fragment, root);
  let current: unknown = root;
  for (const token of fragment.slice(1).split('/')) {
    const key = token.replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(current)) current = current[Number(key)];
    else if (isObject(current) && Object.hasOwn(current, key)) current = current[key];
    else return undefined;
  }
  return isSubSchema(current) ? current : undefined;
}

export function asSchema(schema: SubSchema): JsonSchema {
  if (schema === true) return {};
  return schema === false ? { not: {} } : schema;
}

export function isSubSchema(value: unknown): value is SubSchema {
  return typeof value === 'boolean' || isObject(value);
}

/** True when nothing can be said about the value: no keyword but annotations. */
export function isAnything(schema: SubSchema): boolean {
  return schema === true || (schema !== false && !Object.keys(schema).some((keyword) => !annotations.has(keyword)));
}

export const annotations: ReadonlySet<string> = new Set([
  '$schema', '$id', '$anchor', '$comment', '$defs', 'definitions', 'title', 'description', 'default', 'examples', 'deprecated',
  'readOnly', 'writeOnly', 'x-secret', 'x-open', 'x-widget', 'contentMediaType', 'contentEncoding', 'contentSchema',
]);

function anchored(name: string, root: JsonSchema): SubSchema | undefined {
  const definitions = Object.values(root.$defs ?? {});
  return [root, ...definitions].find((schema) => isObject(schema) && schema['$anchor'] === name);
}

function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch (malformed) {
    if (malformed instanceof URIError) return fragment;
    throw malformed;
  }
}
