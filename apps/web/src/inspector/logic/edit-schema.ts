import { defined, type JsonSchema, type SchemaType } from '@weft/json-schema';

/** A field as the "describe the fields" editor shows it. */
export interface DescribedField {
  name: string;
  type: FieldType;
  required: boolean;
  schema: JsonSchema;
}

export type FieldType = 'text' | 'number' | 'integer' | 'boolean' | 'date' | 'date-time' | 'object' | 'list' | 'any';
export const fieldTypes: FieldType[] = ['text', 'number', 'integer', 'boolean', 'date', 'date-time', 'object', 'list', 'any'];

/** A type by its name; `any` where nothing is called so. */
export const fieldTypeNamed = (name: string): FieldType => fieldTypes.find((type) => type === name) ?? 'any';

const schemas: Record<FieldType, JsonSchema> = {
  text: { type: 'string' },
  number: { type: 'number' },
  integer: { type: 'integer' },
  boolean: { type: 'boolean' },
  date: { type: 'string', format: 'date' },
  'date-time': { type: 'string', format: 'date-time' },
  object: { type: 'object', properties: {} },
  list: { type: 'array', items: { type: 'object', properties: {} } },
  any: {},
};

/** The type a schema has in the editor's words; where several plain ones may stand, the first. */
export function fieldTypeOf(schema: JsonSchema): FieldType {
  const types = [schema.type].flat().filter((type): type is SchemaType => type !== undefined && type !== 'null');
  if (types.length !== 1 && (types.length === 0 || types.includes('object') || types.includes('array'))) return schema.properties ? 'object' : 'any';
  const [type] = types;
  if (type === 'string') return schema.format === 'date' || schema.format === 'date-time' ? schema.format : 'text';
  if (type === 'array') return 'list';
  return type === undefined || type === 'null' ? 'any' : type;
}

/** The fields below a place; a list shows the fields of its items. */
export function describedFields(schema: JsonSchema): DescribedField[] {
  const holder = holderOf(schema);
  return Object.entries(holder.properties ?? {}).map(([name, inner]) => ({
    name,
    type: fieldTypeOf(inner),
    required: holder.required?.includes(name) ?? false,
    schema: inner,
  }));
}

/** Changes the schema at a path of field names; lists are gone through without a segment of their own. */
export function changeAt(schema: JsonSchema, path: readonly string[], change: (schema: JsonSchema) => JsonSchema): JsonSchema {
  const [name, ...rest] = path;
  if (name === undefined) return change(schema);
  return inHolder(schema, (holder) => ({
    ...holder,
    properties: Object.fromEntries(
      Object.entries(holder.properties ?? {}).map(([key, inner]) => [key, key === name ? changeAt(inner, rest, change) : inner]),
    ),
  }));
}

export function addField(schema: JsonSchema, name: string, type: FieldType, required = false): JsonSchema {
  return inHolder(schema, (holder) => ({
    ...holder,
    type: 'object',
    properties: { ...holder.properties, [name]: schemas[type] },
    ...(required && { required: [...(holder.required ?? []), name] }),
  }));
}

export function removeField(schema: JsonSchema, name: string): JsonSchema {
  return inHolder(schema, (holder) => withRequired(
    { ...holder, properties: Object.fromEntries(Object.entries(holder.properties ?? {}).filter(([key]) => key !== name)) },
    (holder.required ?? []).filter((key) => key !== name),
  ));
}

/** Keeps the place of the field among its neighbours. A name that is taken changes nothing. */
export function renameField(schema: JsonSchema, from: string, to: string): JsonSchema {
  return inHolder(schema, (holder) => {
    if (to === '' || to === from || (holder.properties && Object.hasOwn(holder.properties, to))) return holder;
    return withRequired(
      { ...holder, properties: Object.fromEntries(Object.entries(holder.properties ?? {}).map(([key, inner]) => [key === from ? to : key, inner])) },
      (holder.required ?? []).map((key) => (key === from ? to : key)),
    );
  });
}

export function setRequired(schema: JsonSchema, name: string, required: boolean): JsonSchema {
  return inHolder(schema, (holder) => {
    const others = (holder.required ?? []).filter((key) => key !== name);
    return withRequired(holder, required ? [...others, name] : others);
  });
}

/** A field of another type; what both types have (title, description) stays. */
export function setFieldType(schema: JsonSchema, name: string, type: FieldType): JsonSchema {
  return changeAt(schema, [name], (old) => {
    const kept = defined({ title: old.title || undefined, description: old.description || undefined });
    if (type === 'list' && fieldTypeOf(old) === 'object') return { ...kept, type: 'array', items: old };
    if (type === 'object' && fieldTypeOf(old) === 'list' && typeof old.items === 'object' && old.items.properties) return { ...old.items, ...kept };
    return { ...schemas[type], ...kept };
  });
}

/** What kind of items a list has. */
export function setItemType(schema: JsonSchema, name: string, type: FieldType): JsonSchema {
  return changeAt(schema, [name], (old) => ({ ...old, items: schemas[type] }));
}

/** A name nobody has: `field`, `field2` … */
export function freeFieldName(schema: JsonSchema): string {
  const taken = new Set(describedFields(schema).map(({ name }) => name));
  let name = 'field';
  for (let number = 2; taken.has(name); number += 1) name = `field${number}`;
  return name;
}

const holderOf = (schema: JsonSchema): JsonSchema =>
  fieldTypeOf(schema) === 'list' && typeof schema.items === 'object' ? holderOf(schema.items) : schema;

function inHolder(schema: JsonSchema, change: (holder: JsonSchema) => JsonSchema): JsonSchema {
  if (fieldTypeOf(schema) !== 'list') return change(schema);
  return { ...schema, items: inHolder(typeof schema.items === 'object' ? schema.items : schemas.object, change) };
}

function withRequired(schema: JsonSchema, required: string[]): JsonSchema {
  const { required: _old, ...rest } = schema;
  return required.length > 0 ? { ...rest, required } : rest;
}
