import { inferSchema, isObject, sampleOf, type JsonSchema } from '@weft/json-schema';
import type { FlowDocument, Step } from '../document.ts';

/**
 * The flow as it may be given to others: the samples of each step are one made-up value of their shape, so that what was learned from
 * them (the fields to map from) stays, and nothing of real people travels.
 */
export function withoutSamples(flow: FlowDocument): FlowDocument {
  const steps = Object.entries(flow.steps).map(([stepId, step]) => [stepId, madeUp(step)]);
  // The same steps under the same ids.
  return { ...flow, steps: Object.fromEntries(steps) as FlowDocument['steps'] };
}

function madeUp(step: Step): Step {
  const { samples = [], pinned: _pinned, ...rest } = step;
  if (samples.length === 0) return rest;
  const shape = withoutValues(inferSchema(samples.map(({ output }) => output)));
  return { ...rest, samples: [{ title: 'Made up', output: sampleOf(shape) }] };
}

/** Words that repeat in samples become choices of a schema, and would come back as values. */
function withoutValues(schema: JsonSchema): JsonSchema {
  const { enum: _enum, const: _const, examples: _examples, default: _default, ...shape } = schema;
  const parts = Object.entries(shape).map(([key, part]): [string, unknown] => {
    if (key === 'properties' && isObject(part)) {
      return [key, Object.fromEntries(Object.entries(shape.properties ?? {}).map(([name, one]) => [name, inner(one)]))];
    }
    if (key === 'items' || key === 'additionalProperties') return [key, inner(part)];
    if ((key === 'anyOf' || key === 'oneOf' || key === 'allOf' || key === 'prefixItems') && Array.isArray(part)) return [key, part.map(inner)];
    return [key, part];
  });
  // Each part is of the kind that it was.
  return Object.fromEntries(parts) as JsonSchema;
}

// An object in a schema's place is a schema.
const inner = (part: unknown): unknown => (isObject(part) ? withoutValues(part as JsonSchema) : part);
