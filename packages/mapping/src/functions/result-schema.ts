import { isAnything, schemaAt, typesOf, type JsonSchema } from '@weft/json-schema';

/** Numbers in, number out; as soon as one input may be a text, the result may be one, too. Of the unknown nothing is known. */
export function numericSchema(args: readonly JsonSchema[]): JsonSchema {
  if (args.some(isAnything)) return {};
  const isNumeric = args.every((schema) => typesOf(schema)?.every((type) => type === 'number' || type === 'integer' || type === 'null'));
  return isNumeric ? { type: 'number' } : { type: ['number', 'string'] };
}

/** The schema of one item of the first argument. */
export function itemSchema(args: readonly JsonSchema[]): JsonSchema {
  return (args[0] && schemaAt(args[0], ['0'])) ?? {};
}

/** The first argument's own schema. */
export function sameSchema(args: readonly JsonSchema[]): JsonSchema {
  return args[0] ?? {};
}

/** One of several schemas. */
export function anyOf(schemas: readonly JsonSchema[]): JsonSchema {
  const different = [...new Map(schemas.map((schema) => [JSON.stringify(schema), schema])).values()];
  const [only] = different;
  return different.length === 1 && only ? only : { anyOf: different };
}
