import type { Operation } from '@weft/connector-sdk';
import { isAnything, mergeOpen, type JsonSchema } from '@weft/json-schema';

/** What was learned about an output the operation leaves open; what is declared is checked as declared. */
export function learnedOutput(described: JsonSchema | undefined, operation: Operation | undefined): JsonSchema | undefined {
  if (!described) return undefined;
  return operation && !isAnything(operation.output) ? mergeOpen(operation.output, described) : described;
}
