import type { JsonSchema } from '@weft/json-schema';

const anything: JsonSchema = { 'x-widget': 'json' };

const isMap = (schema: JsonSchema): boolean =>
  schema.type === 'object' && Object.keys(schema.properties ?? {}).length === 0 && typeof schema.additionalProperties === 'object' && isPlain(schema.additionalProperties);

const isPlain = (schema: JsonSchema): boolean => [schema.type].flat().every((type) => type !== undefined && type !== 'object' && type !== 'array');

/** Fields beside those that are named, which a person can add: declared so, and plain values or anything. */
function extraOf({ properties, additionalProperties: extra }: JsonSchema): JsonSchema | undefined {
  if (!properties || extra === undefined || extra === false) return undefined;
  if (extra === true || Object.keys(extra).length === 0) return {};
  return isPlain(extra) ? extra : undefined;
}

/** A map of plain values is edited as name and value pairs. */
export const isKeyValue = (schema: JsonSchema): boolean => schema['x-widget'] === 'keyValue' || isMap(schema);

/** Nothing to draw a form from: edited as JSON text. */
export function isFreeForm(schema: JsonSchema): boolean {
  if (schema['x-widget'] === 'json') return true;
  if (schema.$ref || schema.enum || schema.const !== undefined || schema.oneOf || schema.anyOf || schema.allOf) return false;
  const types = [schema.type].flat().filter((type) => type !== undefined && type !== 'null');
  if (types.length !== 1) return true;
  if (types[0] === 'object') return !schema.properties && !isKeyValue(schema);
  if (types[0] === 'array') return (typeof schema.items !== 'object' || isFreeForm(schema.items)) && !schema.prefixItems;
  return false;
}

/**
 * The schema as rjsf is to draw it: boolean and empty schemas become a JSON field, and keywords that would make rjsf grow
 * fields of its own (`additionalProperties` beside properties) are left out. For display only, never validated against.
 */
export function prepareSchema(schema: JsonSchema | boolean): JsonSchema {
  if (typeof schema === 'boolean' || Object.keys(schema).length === 0) return anything;
  const { properties, items, $defs, oneOf, anyOf, additionalProperties, ...rest } = schema;
  const prepared: JsonSchema = { ...rest };
  if (properties) prepared.properties = mapValues(properties, prepareSchema);
  if (items !== undefined) prepared.items = prepareSchema(items);
  if ($defs) prepared.$defs = mapValues($defs, prepareSchema);
  if (oneOf) prepared.oneOf = oneOf.map(prepareSchema);
  if (anyOf) prepared.anyOf = anyOf.map(prepareSchema);
  // rjsf would turn what is there into properties: the map keeps its value's schema under a name of ours.
  if (isKeyValue(schema)) return { ...prepared, 'x-widget': 'keyValue', 'x-values': additionalProperties ?? true };
  const extra = extraOf(schema);
  if (extra) prepared['x-extra'] = extra;
  if (additionalProperties !== undefined && !properties) prepared.additionalProperties = additionalProperties;
  return prepared;
}

function mapValues<A, B>(record: Record<string, A>, change: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
