import { inferSchema, isObject, sampleOf, schemaAt, type Json, type JsonSchema, type Path } from '@weft/json-schema';
import type { Catalogue } from '../catalogue.ts';
import type { FlowDocument, Step } from '../document.ts';

/**
 * The flow as it may be given to others: the samples of each step are one made-up value of their shape, so that what was learned from
 * them (the fields to map from) stays, and nothing of real people travels.
 */
export function withoutSamples(flow: FlowDocument, catalogue: Catalogue): FlowDocument {
  const steps = Object.entries(flow.steps).map(([stepId, step]) => [stepId, madeUp(step, catalogue)]);
  // The same steps under the same ids.
  return { ...flow, steps: Object.fromEntries(steps) as FlowDocument['steps'] };
}

function madeUp(step: Step, catalogue: Catalogue): Step {
  const { samples = [], pinned: _pinned, ...rest } = step;
  if (samples.length === 0) return rest;
  const shape = withoutValues(inferSchema(samples.map(({ output }) => output)));
  const declared = 'use' in step ? catalogue.operation(step.use)?.output : undefined;
  const output = sampleOf(shape);
  return { ...rest, samples: [{ title: 'Made up', output: declared ? withChoices(output, declared, []) : output }] };
}

/** What an operation declares as a choice is one of its choices, whoever made it up; they are nobody's values. */
function withChoices(value: Json, declared: JsonSchema, path: Path): Json {
  if (Array.isArray(value)) return value.map((item, at) => withChoices(item, declared, [...path, String(at)]));
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, withChoices(field, declared, [...path, name])]));
  const { const: only, enum: choices = only === undefined ? [] : [only] } = schemaAt(declared, path) ?? {};
  return choices.length === 0 || choices.includes(value) ? value : (choices[0] ?? null);
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
