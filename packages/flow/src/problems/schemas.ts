import { brokenReferences, type JsonSchema } from '@weft/json-schema';
import { operationsOf } from '../kinds/parts-of.ts';
import type { Problem } from '../problem.ts';
import { lastResult } from '../schemas/last-result.ts';
import { say } from '../sentences.en.ts';
import { forEachStep, named } from './check.ts';

const broken = lastResult<string[]>();

/** The schemas of a step's settings and input are complete. A broken part accepts anything and can be filled as JSON, so it is a warning. */
export const schemas = forEachStep((check, stepId, step) => {
  const described = [check.target(stepId), ...operationsOf(step).map(({ operation }) => check.catalogue.operation(operation.use)?.config)];
  const missing = described.flatMap((schema: JsonSchema | undefined) => (schema ? broken(schema, [], () => brokenReferences(schema)) : []));
  return [...new Set(missing)].map((ref): Problem => ({
    code: 'schema.broken',
    severity: 'warning',
    stepId,
    ...say('flow.schema.broken', { step: named(step.title), ref }),
  }));
});
