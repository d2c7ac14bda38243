import { fieldsOfWays, isAnything, kindsOfWay, takesOthers, waysOf, type JsonSchema, type SchemaField, type SchemaType } from '@weft/json-schema';

/** A schema as a tree shows it: one kind, and what is inside. */
export interface Shape {
  kind: FieldKind;
  nullable: boolean;
  title: string | undefined;
  description: string | undefined;
  format: string | undefined;
  choices: number;
  /** Of an object, in the schema's order. */
  fields: SchemaField[];
  /** Of a list. */
  items: JsonSchema | undefined;
  /** The user may describe what goes here. */
  open: boolean;
  /** Names outside `fields` are welcome. */
  extensible: boolean;
}

export type FieldKind = 'object' | 'list' | 'text' | 'number' | 'integer' | 'boolean' | 'null' | 'any' | 'mixed';

/** Looks through references and branches; of several object branches it shows the fields of all, none of them required. */
export function shapeOf(schema: JsonSchema | boolean, root: JsonSchema): Shape {
  const ways = waysOf(schema, root);
  const types = new Set<SchemaType>(ways.flatMap((way) => kindsOfWay(way)));
  const nullable = types.delete('null');
  const list = ways.find((way) => kindsOfWay(way).includes('array'));
  return {
    kind: kindFor(types, nullable, ways),
    nullable,
    title: ways.find((way) => way.title)?.title,
    description: ways.find((way) => way.description)?.description,
    format: ways.find((way) => way.format)?.format,
    choices: ways[0]?.enum?.length ?? 0,
    fields: fieldsOfWays(ways),
    items: list && (typeof list.items === 'object' ? list.items : list.prefixItems?.[0]),
    open: ways.some((way) => way['x-open'] === true),
    extensible: takesOthers(ways),
  };
}

function kindFor(types: Set<SchemaType>, nullable: boolean, parts: JsonSchema[]): FieldKind {
  if (types.has('number')) types.delete('integer');
  if (types.size === 0) return nullable && !parts.some(isAnything) ? 'null' : 'any';
  if (types.size > 1 && (types.has('object') || types.has('array'))) return types.has('object') ? 'object' : 'list';
  // A column is called what it is: one of texts takes numbers as well, and one of numbers the digits of those that are too long for one.
  const [only] = types;
  const isOfOneKind = only === 'string' || ((only === 'number' || only === 'integer') && parts.some(({ pattern }) => pattern !== undefined));
  if (types.size > 1 && !isOfOneKind) return 'mixed';
  const kinds: Record<SchemaType, FieldKind> = {
    object: 'object',
    array: 'list',
    string: 'text',
    number: 'number',
    integer: 'integer',
    boolean: 'boolean',
    null: 'null',
  };
  return only ? kinds[only] : 'any';
}
