import { asSchema, referenced, type SubSchema } from '../dereference.ts';
import type { JsonSchema, SchemaType } from '../schema.ts';
import { typesOf } from '../type-of.ts';

/** Schemas that hold together: one way in which a source value can look. None has a reference or a combination left. */
export type Alternative = readonly JsonSchema[];

const maxAlternatives = 32;

/**
 * The ways in which a value of all `schemas` can look. What narrows it further (`not`, `if`) is left out: the
 * alternatives cover at least every value of the source, which keeps a `yes` sound.
 * @returns undefined when there are too many to look at.
 */
export function alternatives(schemas: readonly SubSchema[], root: JsonSchema): Alternative[] | undefined {
  let found: JsonSchema[][] = [[]];
  for (const schema of schemas) {
    const own = expand(schema, root, []);
    if (own === undefined || found.length * own.length > maxAlternatives) return undefined;
    found = found.flatMap((left) => own.map((right) => [...left, ...right]));
  }
  return found;
}

function expand(subSchema: SubSchema, root: JsonSchema, following: readonly SubSchema[]): JsonSchema[][] | undefined {
  if (subSchema === false) return [];
  const { $ref, allOf, anyOf, oneOf, ...own } = asSchema(subSchema);
  let found: JsonSchema[][] = [Object.keys(own).length > 0 ? [own] : []];
  const product = (parts: JsonSchema[][] | undefined): boolean => {
    if (parts === undefined || found.length * parts.length > maxAlternatives) return false;
    found = found.flatMap((left) => parts.map((right) => [...left, ...right]));
    return true;
  };
  const next = [...following, subSchema];
  const target = typeof $ref === 'string' ? referenced($ref, root) : undefined;
  if (target !== undefined && !next.includes(target) && !product(expand(target, root, next))) return undefined;
  for (const part of allOf ?? []) if (!product(expand(part, root, next))) return undefined;
  for (const branches of [anyOf, oneOf]) {
    if (!branches) continue;
    const expanded = branches.map((branch) => expand(branch, root, next));
    if (expanded.some((one) => one === undefined)) return undefined;
    if (!product(expanded.flatMap((one) => one ?? []))) return undefined;
  }
  return found;
}

const every: SchemaType[] = ['null', 'boolean', 'number', 'string', 'array', 'object'];

/** The types that a value of the alternative can have. */
export function kindsOf(alternative: Alternative): SchemaType[] {
  return alternative.reduce<SchemaType[]>((kinds, schema) => {
    const types = typesOf(schema);
    return types ? common(kinds, types) : kinds;
  }, every);
}

function common(kinds: readonly SchemaType[], types: readonly SchemaType[]): SchemaType[] {
  return kinds.flatMap((kind): SchemaType[] => {
    if (types.includes(kind) || (kind === 'integer' && types.includes('number'))) return [kind];
    return kind === 'number' && types.includes('integer') ? ['integer'] : [];
  });
}
