import { allowsNull, asSchema, dereference, fieldsOf, inferSchema, isAnything, typesOf, type JsonSchema, type SchemaType } from '@weft/json-schema';

/** The types a value may have; undefined where nothing is known about it. */
export function kindsOf(schema: JsonSchema): SchemaType[] | undefined {
  const own = dereference(schema, schema);
  const named = typesOf(own);
  if (named) return named;
  if (own.const !== undefined || own.enum) return typesOf(inferSchema(own.const === undefined ? (own.enum ?? []) : [own.const]));
  const branches = own.anyOf ?? own.oneOf;
  if (!branches) return own.properties ? ['object'] : own.items !== undefined ? ['array'] : undefined;
  const kinds = branches.map((branch) => kindsOf({ ...(schema.$defs && { $defs: schema.$defs }), ...asSchema(branch) }));
  return kinds.some((one) => one === undefined) ? undefined : [...new Set(kinds.flatMap((one) => one ?? []))];
}

/** Whether the value is surely a list, or surely none; undefined where it may be either. */
export function isList(schema: JsonSchema): boolean | undefined {
  const kinds = kindsOf(schema)?.filter((kind) => kind !== 'null');
  if (!kinds || kinds.length === 0 || isAnything(schema)) return undefined;
  if (kinds.every((kind) => kind === 'array')) return true;
  return kinds.includes('array') ? undefined : false;
}

/** The schema with null taken out of its types, branches and enum. */
export function withoutNull(schema: JsonSchema): JsonSchema {
  if (!allowsNull(schema, schema)) return schema;
  const own = dereference(schema, schema);
  const types = typesOf(own)?.filter((type) => type !== 'null');
  const { nullable: _nullable, ...rest } = own;
  const [only] = types ?? [];
  const withoutBranch = (branches: JsonSchema[]): JsonSchema[] => branches.filter((branch) => dereference(branch, schema).type !== 'null');
  return {
    ...rest,
    ...(schema.$defs && { $defs: schema.$defs }),
    ...(types && { type: types.length === 1 && only ? only : types }),
    ...(own.enum && { enum: own.enum.filter((value) => value !== null) }),
    ...(own.anyOf && { anyOf: withoutBranch(own.anyOf) }),
    ...(own.oneOf && { oneOf: withoutBranch(own.oneOf) }),
  };
}

/** The fields that a schema names, branches included. */
export const fieldNames = (schema: JsonSchema): string[] => fieldsOf(schema, schema).map(({ name }) => name);
