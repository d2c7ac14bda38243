import { defined, type JsonSchema } from '@weft/json-schema';

/**
 * A schema in which nothing must be there. One example says which fields exist, not which are needed: the person marks
 * those. What was seen in it (`enum` of repeated words) is not a rule either.
 */
export function withoutRequired(schema: JsonSchema): JsonSchema {
  const { required: _required, enum: _enum, properties, items, $defs, anyOf, oneOf, allOf, ...rest } = schema;
  return defined({
    ...rest,
    properties: properties && mapValues(properties),
    ...(items !== undefined && { items: typeof items === 'object' ? withoutRequired(items) : items }),
    ...($defs && { $defs: mapValues($defs) }),
    anyOf: anyOf?.map(withoutRequired),
    oneOf: oneOf?.map(withoutRequired),
    allOf: allOf?.map(withoutRequired),
  });
}

const mapValues = (record: Record<string, JsonSchema>): Record<string, JsonSchema> =>
  Object.fromEntries(Object.entries(record).map(([name, inner]) => [name, withoutRequired(inner)]));
