import { formatPath, type Json, type JsonSchema } from '@weft/json-schema';
import type { Moment } from '../run/run-state.ts';

const mostWarnings = 5;

/** How a value differs from what was learned about it: a warning, never a failure. */
export function drift({ state }: Moment, value: Json, learned: JsonSchema | undefined): { warnings?: string[] } {
  if (!learned) return {};
  const issues = state.services.validator.validate(learned, value);
  if (issues.length === 0) return {};
  return {
    warnings: issues
      .slice(0, mostWarnings)
      .map(({ path, message }) => `Different from the samples: ${path.length > 0 ? formatPath(path) : 'the value'} ${message}.`),
  };
}
