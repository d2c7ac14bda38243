import type { Operation } from '@weft/connector-sdk';
import { defined, inferSchema, isAnything, mergeOpen, type Json, type JsonSchema } from '@weft/json-schema';

/** What was learned about an output the operation leaves open; what is declared is checked as declared. */
export function learnedOutput(described: JsonSchema | undefined, operation: Operation | undefined): JsonSchema | undefined {
  if (!described) return undefined;
  const learned = asLearned(described);
  return operation && !isAnything(operation.output) ? mergeOpen(operation.output, learned) : learned;
}

/** What samples alone prove of each call: its fields and their types. That a text looked like a date or an address is a guess, and costs each call a check. */
export function learnedFromSamples(samples: readonly Json[]): JsonSchema | undefined {
  return samples.length === 0 ? undefined : withoutFormats(inferSchema(samples));
}

function withoutFormats({ format: _format, enum: _enum, properties, items, anyOf, ...rest }: JsonSchema): JsonSchema {
  return defined({
    ...rest,
    properties: properties && Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, withoutFormats(field)])),
    ...(typeof items === 'object' && { items: withoutFormats(items) }),
    anyOf: anyOf?.map(withoutFormats),
  });
}

/** A description may hold itself by a reference, never by its own parts; deeper ones are taken as they stand. */
const maxDepth = 64;

/**
 * What samples prove, and no more: a field that was null in all of them may be anything, and whole numbers only happened to be whole. Runs
 * would else be full of warnings that mean nothing.
 */
function asLearned(schema: JsonSchema, depth = 0): JsonSchema {
  if (depth > maxDepth) return schema;
  const inner = (one: JsonSchema): JsonSchema => asLearned(one, depth + 1);
  const { type, properties, items, anyOf } = schema;
  if (type === 'null') return {};
  const loose = (name: NonNullable<typeof type>) =>
    (Array.isArray(name) ? [...new Set(name.map((one) => (one === 'integer' ? 'number' : one)))] : name === 'integer' ? 'number' : name);
  return {
    ...schema,
    ...(type !== undefined && { type: loose(type) }),
    ...(properties && { properties: Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, inner(field)])) }),
    ...(typeof items === 'object' && { items: inner(items) }),
    ...(anyOf && { anyOf: anyOf.map(inner) }),
  };
}
