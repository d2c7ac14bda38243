import { asSchema, dereference, isAnything, typesOf, type JsonSchema, type SchemaType } from '@weft/json-schema';

/** A schema as a tree shows it: one kind, and what is inside. */
export interface Shape {
  kind: FieldKind;
  nullable: boolean;
  title: string | undefined;
  description: string | undefined;
  format: string | undefined;
  choices: number;
  /** Of an object, in the schema's order. */
  fields: { name: string; schema: JsonSchema; required: boolean }[];
  /** Of a list. */
  items: JsonSchema | undefined;
  /** The user may describe what goes here. */
  open: boolean;
  /** Names outside `fields` are welcome. */
  extensible: boolean;
}

export type FieldKind = 'object' | 'list' | 'text' | 'number' | 'integer' | 'boolean' | 'null' | 'any' | 'mixed';

/** Looks through `$ref`, `allOf` and unions; of several object branches it shows the fields of all, none of them required. */
export function shapeOf(schema: JsonSchema | boolean, root: JsonSchema): Shape {
  const parts = flatten(dereference(schema, root), root, 0);
  const types = new Set<SchemaType>(parts.flatMap((part) => typesFor(part)));
  const nullable = types.delete('null');
  const first = parts[0] ?? {};
  const objects = parts.filter((part) => typesFor(part).includes('object'));
  const list = parts.find((part) => typesFor(part).includes('array'));
  return {
    kind: kindFor(types, nullable, parts),
    nullable,
    title: parts.find((part) => part.title)?.title,
    description: parts.find((part) => part.description)?.description,
    format: parts.find((part) => part.format)?.format,
    choices: first.enum?.length ?? 0,
    fields: fieldsOf(objects),
    items: list && (typeof list.items === 'object' ? list.items : list.prefixItems?.[0]),
    open: parts.some((part) => part['x-open'] === true),
    extensible: parts.some((part) => isAnything(part) || (typesFor(part).includes('object') && (part.properties === undefined || part.additionalProperties !== undefined && part.additionalProperties !== false))),
  };
}

function flatten(schema: JsonSchema, root: JsonSchema, depth: number): JsonSchema[] {
  if (depth > 6) return [schema];
  const branches = schema.anyOf ?? schema.oneOf;
  if (branches) {
    const { anyOf: _any, oneOf: _one, ...beside } = schema;
    return branches.flatMap((branch) => flatten({ ...beside, ...dereference(branch, root) }, root, depth + 1));
  }
  if (schema.allOf) {
    const { allOf, ...beside } = schema;
    const parts = allOf.flatMap((part) => flatten(dereference(part, root), root, depth + 1));
    return [parts.reduce((left, right) => ({ ...left, ...right, properties: { ...left.properties, ...right.properties }, required: [...(left.required ?? []), ...(right.required ?? [])] }), beside)];
  }
  return [schema];
}

function typesFor(schema: JsonSchema): SchemaType[] {
  const named = typesOf(schema);
  if (named) return named;
  if (schema.const !== undefined || schema.enum) return [...new Set((schema.enum ?? [schema.const ?? null]).map(typeName))];
  if (schema.properties) return ['object'];
  return schema.items !== undefined || schema.prefixItems ? ['array'] : [];
}

const typeName = (value: unknown): SchemaType =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value === 'number' ? (Number.isInteger(value) ? 'integer' : 'number') : (typeof value as SchemaType);

function kindFor(types: Set<SchemaType>, nullable: boolean, parts: JsonSchema[]): FieldKind {
  if (types.has('number')) types.delete('integer');
  if (types.size === 0) return nullable && !parts.some(isAnything) ? 'null' : 'any';
  if (types.size > 1) return types.has('object') ? 'object' : types.has('array') ? 'list' : 'mixed';
  const [only] = types;
  const kinds: Record<SchemaType, FieldKind> = { object: 'object', array: 'list', string: 'text', number: 'number', integer: 'integer', boolean: 'boolean', null: 'null' };
  return only ? kinds[only] : 'any';
}

function fieldsOf(objects: JsonSchema[]): Shape['fields'] {
  const fields = new Map<string, Shape['fields'][number]>();
  for (const object of objects) {
    for (const [name, schema] of Object.entries(object.properties ?? {})) {
      if (!fields.has(name)) fields.set(name, { name, schema: asSchema(schema), required: objects.every((other) => other.required?.includes(name)) });
    }
  }
  return [...fields.values()];
}
