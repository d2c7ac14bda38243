import { isAnything, schemaAt, typesOf, type JsonSchema } from '@weft/json-schema';
import type { ValueKind } from './define-function.ts';

/** Numbers in, number out; as soon as one input may be a text, the result may be one, too. Of the unknown nothing is known. */
export function numericSchema(args: readonly JsonSchema[]): JsonSchema {
  if (args.some(isAnything)) return {};
  const isNumeric = args.every((schema) => typesOf(schema)?.every((type) => type === 'number' || type === 'integer' || type === 'null'));
  return isNumeric ? { type: 'number' } : { type: ['number', 'string'] };
}

/** The same for functions that give whole numbers for whole numbers. */
export function wholeOrNumericSchema(args: readonly JsonSchema[]): JsonSchema {
  const isWhole = args.length > 0 && args.every((schema) => typesOf(schema)?.every((type) => type === 'integer' || type === 'null'));
  return isWhole ? { type: 'integer' } : numericSchema(args);
}

/** Numbers become whole; texts stay texts. */
export function wholeSchema(args: readonly JsonSchema[]): JsonSchema {
  const schema = numericSchema(args.slice(0, 1));
  return schema.type === 'number' ? { type: 'integer' } : schema;
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

/** What is known of a value of this kind, where a function says nothing more exact. */
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
