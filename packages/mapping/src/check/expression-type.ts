import { allowsNull, asSchema, dereference, inferSchema, isAnything, presenceAt, schemaAt, typesOf, type JsonSchema, type SchemaType } from '@weft/json-schema';
import type { Expression } from '../document.ts';
import { functionNamed, type MappingFunction, type ValueKind } from '../functions/index.ts';
import { anyOf } from '../functions/result-schema.ts';

/** What can be said of an expression's value before anything runs. */
export interface ExpressionType {
  /** The value where there is one; whether it may be null is said apart. */
  schema: JsonSchema;
  mayBeMissing: boolean;
  mayBeNull: boolean;
}

/** Schemas by name: the sources, and the items of the loops around. */
export type Names = Readonly<Record<string, JsonSchema>>;

const unknown: ExpressionType = { schema: {}, mayBeMissing: false, mayBeNull: false };

/** The type of an expression; `{}` where nothing is known, as of an expression that is wrong in itself. */
export function expressionType(expression: Expression, names: Names): ExpressionType {
  if ('path' in expression) return pathType(expression.path, names);
  if ('const' in expression) return constantType(expression);
  if ('index' in expression) return { ...unknown, schema: { type: 'integer', minimum: 0 } };
  if ('if' in expression) return choiceType(expression, names);
  if ('fn' in expression) return callType(expression.fn, expression.args.map((arg) => expressionType(arg, names)));
  return unknown;
}

function pathType([root = '', ...rest]: readonly string[], names: Names): ExpressionType {
  const source = Object.hasOwn(names, root) ? names[root] : undefined;
  const found = source && schemaAt(source, rest);
  return source && found ? { schema: withoutNull(found), ...presenceAt(source, rest) } : unknown;
}

function constantType({ const: value }: Extract<Expression, { const: unknown }>): ExpressionType {
  if (value === null) return { schema: {}, mayBeMissing: false, mayBeNull: true };
  const isListed = typeof value !== 'object';
  return { ...unknown, schema: isListed ? { ...inferSchema([value]), const: value } : inferSchema([value]) };
}

function choiceType({ then, else: otherwise }: Extract<Expression, { if: Expression }>, names: Names): ExpressionType {
  const branches = [expressionType(then, names), ...(otherwise ? [expressionType(otherwise, names)] : [])];
  return {
    schema: anyOf(branches.map(({ schema }) => schema)),
    mayBeMissing: !otherwise || branches.some(({ mayBeMissing }) => mayBeMissing),
    mayBeNull: branches.some(({ mayBeNull }) => mayBeNull),
  };
}

function callType(name: string, args: readonly ExpressionType[]): ExpressionType {
  const called = functionNamed(name);
  if (!called) return unknown;
  const given = args.map(({ schema }) => schema);
  const schema = called.resultSchema?.(given) ?? schemaOfKind(called.returns);
  return { schema, ...presenceOfResult(called, args) };
}

function presenceOfResult(called: MappingFunction, args: readonly ExpressionType[]): Omit<ExpressionType, 'schema'> {
  const demanding = called.nulls === 'pass' ? args.filter((_, index) => !called.parameters[index]?.optional) : [];
  const mayBeMissing = called.mayGiveNothing === true || demanding.some((arg) => arg.mayBeMissing);
  const mayBeNull = demanding.some((arg) => arg.mayBeNull);
  if (called.name !== 'default' && called.name !== 'lookup') return { mayBeMissing, mayBeNull };
  // Both give their last argument where there is nothing better.
  const fallback = called.name === 'default' ? args.at(-1) : (args[2] ?? args[0]);
  return { mayBeMissing: fallback?.mayBeMissing ?? true, mayBeNull: fallback?.mayBeNull ?? false };
}

export function schemaOfKind(kind: ValueKind): JsonSchema {
  switch (kind) {
    case 'text':
      return { type: 'string' };
    case 'number':
      return { type: ['number', 'string'] };
    case 'boolean':
      return { type: 'boolean' };
    case 'date':
      return { anyOf: [{ type: 'string', format: 'date' }, { type: 'string', format: 'date-time' }] };
    case 'list':
      return { type: 'array' };
    case 'any':
    case 'table':
      return {};
  }
}

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
