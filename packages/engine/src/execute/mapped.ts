import type { Json } from '@weft/json-schema';
import type { RunError } from '../journal.ts';
import type { CompiledExpression, CompiledMapping } from '@weft/mapping';
import type { Moment } from '../run/run-state.ts';
import { keyOwner } from '../substrate.ts';
import { toRunError } from '../run/to-run-error.ts';

const mostWarnings = 20;

export type Mapped = { output: Json; warnings?: string[] } | { error: RunError; whole: boolean };

/** What a step's mapping gives here; without a mapping, an empty object. */
export function mapped(moment: Moment, mapping: CompiledMapping | undefined): Mapped {
  if (!mapping) return { output: {} };
  try {
    const { output, errors, outcome } = mapping.run(moment.frame.scope, contextOf(moment));
    const [first] = errors;
    if (!first) return { output };
    if (outcome === 'done') return { output, warnings: errors.slice(0, mostWarnings).map(({ message }) => `A field was left out: ${message}`) };
    return { error: { kind: 'invalid_input', message: first.message, stepKey: moment.stepKey, ruleId: first.ruleId }, whole: outcome === 'failRun' };
  } catch (error) {
    return { error: toRunError(error, moment.stepKey), whole: false };
  }
}

export type Evaluated = { value: Json | undefined } | { error: RunError };

export function evaluated(moment: Moment, expression: CompiledExpression, scope = moment.frame.scope): Evaluated {
  try {
    return { value: expression(scope, contextOf(moment)) };
  } catch (error) {
    return { error: toRunError(error, moment.stepKey) };
  }
}

/** A condition: missing and null count as no; anything but true and false is a mistake that must not pass for an answer. */
export function decided(moment: Moment, condition: CompiledExpression | undefined, title: string): { yes: boolean } | { error: RunError } {
  const { stepKey } = moment;
  if (!condition) return { error: { kind: 'invalid_input', message: `“${title}” has no condition: add one.`, stepKey } };
  const result = evaluated(moment, condition);
  if ('error' in result) return result;
  const { value } = result;
  if (typeof value === 'boolean') return { yes: value };
  if (value === undefined || value === null) return { yes: false };
  const what = Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : typeof value === 'number' ? 'a number' : 'a text';
  return { error: { kind: 'invalid_input', message: `The condition of “${title}” gave ${what} instead of true or false: compare it with something.`, stepKey } };
}

function contextOf({ state, stepKey, now }: Moment) {
  const { timezone } = state.plan;
  return { now: new Date(now), seed: `${keyOwner(state.run)}:${stepKey}`, ...(timezone !== undefined && { timezone }) };
}
