import { isObject, type JsonSchema } from '@weft/json-schema';
import { Ajv2020 } from 'ajv/dist/2020.js';

/** Keywords whose value is a schema, a list of schemas or a map of schemas by name. */
const single = ['items', 'additionalProperties', 'propertyNames', 'not'] as const;
const lists = ['prefixItems', 'allOf', 'anyOf', 'oneOf'] as const;
const maps = ['properties', 'patternProperties', '$defs'] as const;

/** The schema and every schema inside it, each with the names of the fields that lead to it. */
export function* eachSchema(schema: JsonSchema, path: string[] = []): Generator<{ path: string[]; schema: JsonSchema }> {
  yield { path, schema };
  for (const keyword of single) {
    const part: unknown = schema[keyword];
    if (isObject(part)) yield* eachSchema(part as JsonSchema, path);
  }
  for (const keyword of lists) {
    for (const part of schema[keyword] ?? []) yield* eachSchema(part, path);
  }
  for (const keyword of maps) {
    for (const [name, part] of Object.entries(schema[keyword] ?? {})) yield* eachSchema(part, [...path, name]);
  }
}

/** Whether a field's name tells that its value is a secret: `password`, `apiKey`, `client_secret`. */
export function looksSecret(name: string): boolean {
  return /pass(?:word|phrase)?$|secret$|token$|^key$|api[-_]?key$|private[-_]?key$/i.test(name);
}

/**
 * What is wrong with a schema, by the standard's own meta-schema. The product's validator tolerates what imported schemas
 * get wrong; an author should not.
 */
export function schemaProblem(schema: JsonSchema): string | undefined {
  const ajv = new Ajv2020({ strict: false, logger: false, allErrors: true });
  if (ajv.validateSchema(schema) !== true) return ajv.errorsText(ajv.errors);
  try {
    ajv.compile(schema);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
