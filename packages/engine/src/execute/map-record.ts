import type { Json } from '@weft/json-schema';
import type { CompiledExpression, CompiledMapping } from '@weft/mapping';
import type { RunError, Warning } from '../journal.ts';
import { saidBy, toRunError } from '../run/to-run-error.ts';
import { say } from '../sentences.en.ts';
import type { Place } from './place.ts';

/** More of them in one step say nothing new. */
export const maxWarnings = 20;

/** `whole`: the mapping says that its failure ends the run, whatever the step says. */
export type Mapped = { output: Json; warnings?: Warning[] } | { error: RunError; whole: boolean };

/** What a step's mapping gives, for a run as for a record of a stream; without a mapping, an empty object. */
export function mapRecord(mapping: CompiledMapping | undefined, scope: Scope, place: Place): Mapped {
  if (!mapping) return { output: {} };
  try {
    const { output, errors, outcome } = mapping.run(scope, place);
    const [first] = errors;
    if (!first) return { output };
    if (outcome === 'done') return { output, warnings: errors.slice(0, maxWarnings).map((problem) => say('run.warning.leftOut', { problem })) };
    return { error: { kind: 'invalid_input', ...saidBy(first), stepKey: place.stepKey, ruleId: first.ruleId }, whole: outcome === 'failRun' };
  } catch (error) {
    return { error: toRunError(error, place.stepKey), whole: false };
  }
}

/** What paths may start with. */
export type Scope = Readonly<Record<string, Json | undefined>>;

export type Evaluated = { value: Json | undefined } | { error: RunError };

export function evaluated(expression: CompiledExpression, scope: Scope, place: Place): Evaluated {
  try {
    return { value: expression(scope, place) };
  } catch (error) {
    return { error: toRunError(error, place.stepKey) };
  }
}
