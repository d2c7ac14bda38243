import { formatPath, isNumberInDigits, type Json, type JsonSchema, type SchemaValidator } from '@weft/json-schema';
import type { Warning } from '../journal.ts';
import type { MomentOf } from '../run/run-state.ts';
import { part, say } from '../sentences.en.ts';

const maxWarnings = 5;
const noDrift = {};

/** How a value differs from what was learned about it: a warning, never a failure. */
export const drift = <W>({ state }: MomentOf<W>, value: Json, learned: JsonSchema | undefined): { warnings?: Warning[] } =>
  driftOf(state.services.validator, value, learned);

export function driftOf(validator: SchemaValidator, value: Json, learned: JsonSchema | undefined): { warnings?: Warning[] } {
  if (!learned) return noDrift;
  const differing = validator.validate(learned, value);
  if (differing.length === 0) return noDrift;
  const issues = differing.filter((issue) => !isNumberInDigits(issue, learned, value));
  if (issues.length === 0) return noDrift;
  return {
    warnings: issues
      .slice(0, maxWarnings)
      .map(
        (problem) => say('run.warning.drift', { where: problem.path.length > 0 ? formatPath(problem.path) : part('run.warning.value'), problem }),
      ),
  };
}
