import { asSchema, defined, isObject, referenced, type JsonSchema } from '@weft/json-schema';

const anything: JsonSchema = { 'x-widget': 'json' };

const isMap = (schema: JsonSchema): boolean =>
  schema.type === 'object' &&
    Object.keys(schema.properties ?? {}).length === 0 &&
    typeof schema.additionalProperties === 'object' &&
    isPlain(schema.additionalProperties);

const isPlain = (schema: JsonSchema): boolean => [schema.type].flat().every((type) => type !== undefined && type !== 'object' && type !== 'array');

/** Fields beside those that are named, which a person can add: those whose values are described. That anything is let through is no invitation. */
const extraOf = ({ properties, additionalProperties: extra }: JsonSchema): JsonSchema | undefined =>
  (properties && typeof extra === 'object' && isPlain(extra) ? extra : undefined);

/** A map of plain values is edited as name and value pairs. */
export const isKeyValue = (schema: JsonSchema): boolean => schema['x-widget'] === 'keyValue' || isMap(schema);

/** Nothing to draw a form from: edited as JSON text. */
export function isFreeForm(schema: JsonSchema): boolean {
  if (schema['x-widget'] === 'json') return true;
  if (schema.$ref || schema.enum || schema.const !== undefined || schema.oneOf || schema.anyOf || schema.allOf) return false;
  const types = [schema.type].flat().filter((type) => type !== undefined && type !== 'null');
  if (types.length !== 1) return types.length === 0 || !isPlain(schema);
  if (types[0] === 'object') return !schema.properties && !isKeyValue(schema);
  if (types[0] === 'array') return (typeof schema.items !== 'object' || isFreeForm(schema.items)) && !schema.prefixItems;
  return false;
}

/**
 * The schema as rjsf is to draw it: boolean and empty schemas become a JSON field, and so does what a reference names that leads
 * nowhere, so it takes down no more than itself; alternatives say that they are objects where they have fields; and keywords that would
 * make rjsf grow fields of its own (`additionalProperties` beside properties) are left out. For display only, never validated against.
 */
export function prepareSchema(schema: JsonSchema | boolean, root: JsonSchema = asSchema(schema)): JsonSchema {
  if (typeof schema === 'boolean' || Object.keys(schema).length === 0) return anything;
  if (typeof schema.$ref === 'string' && referenced(schema.$ref, root) === undefined) {
    const { title, description, default: usual } = schema;
    return defined({ title, description, default: usual, ...anything, 'x-broken': schema.$ref });
  }
  const inner = (part: JsonSchema | boolean): JsonSchema => prepareSchema(part, root);
  const { properties, items, $defs, allOf, oneOf, anyOf, then, else: otherwise, additionalProperties, ...rest } = schema;
  const prepared: JsonSchema = { ...rest };
  if (properties) prepared.properties = mapValues(properties, inner);
  if (items !== undefined) prepared.items = inner(items);
  if ($defs) prepared.$defs = mapValues($defs, inner);
  if (allOf) prepared.allOf = allOf.map(inner);
  if (isBranch(then)) prepared['then'] = inner(then);
  if (isBranch(otherwise)) prepared['else'] = inner(otherwise);
  const alternative = (branch: JsonSchema): JsonSchema => inner(saysItsType(branch, schema));
  if (oneOf) prepared.oneOf = oneOf.map(alternative);
  if (anyOf) prepared.anyOf = anyOf.map(alternative);
  if (properties && schema.type === undefined) prepared.type = 'object';
  // rjsf would turn what is there into properties: the map keeps its value's schema under a name of ours.
  if (isKeyValue(schema)) return { ...prepared, 'x-widget': 'keyValue', 'x-values': additionalProperties ?? true };
  const extra = extraOf(schema);
  if (extra) prepared['x-extra'] = extra;
  if (additionalProperties !== undefined && !properties) prepared.additionalProperties = additionalProperties;
  return prepared;
}

// What stands at the keyword of a schema is one.
const isBranch = (value: unknown): value is JsonSchema => isObject(value);

/** An alternative that only names fields is an object, as what it stands in is. */
function saysItsType(branch: JsonSchema, parent: JsonSchema): JsonSchema {
  if (branch.type !== undefined || branch.$ref !== undefined || branch.const !== undefined || branch.enum) return branch;
  if (branch.properties || branch.required) return { ...branch, type: 'object' };
  return parent.type !== undefined && Object.keys(branch).length > 0 ? { ...branch, type: parent.type } : branch;
}

function mapValues<A, B>(record: Record<string, A>, change: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
