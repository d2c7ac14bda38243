import { isObject, type Json } from '@weft/json-schema';
import { type CompiledExpression, type CompiledMapping, MappingFault, TurnIsOver } from '@weft/mapping';
import type { RunError, Warning } from '../journal.ts';
import { type WorkedOut, workedOut } from '../run/patience.ts';
import type { MomentOf, RunState } from '../run/run-state.ts';
import { saidBy, toRunError } from '../run/to-run-error.ts';
import { say } from '../sentences.en.ts';
import { anew, type Place, placeOf } from './place.ts';

/** More of them in one step say nothing new. */
export const maxWarnings = 20;

/** `whole`: the mapping says that its failure ends the run, whatever the step says. */
export type Mapped = { output: Json; warnings?: Warning[] } | { error: RunError; whole: boolean };

/**
 * What a step's mapping gives, for a run as for a record of a stream; without a mapping, an empty object.
 * @throws {TurnIsOver} where it would keep others waiting: whoever can wait asks `Patience`, and calls again with what it has said.
 */
export function mapRecord(mapping: CompiledMapping | undefined, scope: Scope, place: Place): Mapped {
  if (!mapping) return { output: {} };
  try {
    const known = place.later?.get(mapping);
    if (known instanceof Error) throw known;
    const { output, errors, outcome } = known ?? mapping.run(scope, place);
    const [first] = errors;
    if (!first) return { output };
    if (outcome === 'done') return { output, warnings: errors.slice(0, maxWarnings).map((problem) => say('run.warning.leftOut', { problem })) };
    return { error: { kind: 'invalid_input', ...saidBy(first), stepKey: place.stepKey, ruleId: first.ruleId }, whole: outcome === 'failRun' };
  } catch (error) {
    if (error instanceof TurnIsOver) throw error;
    return { error: toRunError(error, place.stepKey), whole: false };
  }
}

/** The same for whoever waits for something anyway. */
export async function mapAtLeisure(mapping: CompiledMapping | undefined, moment: MomentOf<unknown>): Promise<Mapped> {
  const { frame, state } = moment;
  try {
    return mapRecord(mapping, frame.scope, placeOf(moment));
  } catch (over) {
    const later = await workedOutLater(over, moment.later, state, frame.signal);
    return mapRecord(mapping, frame.scope, placeOf({ ...moment, later }));
  }
}

/** An expression for whoever waits for something anyway. */
export async function evaluatedAtLeisure(expression: CompiledExpression, moment: MomentOf<unknown>): Promise<Evaluated> {
  const { frame, state } = moment;
  try {
    return evaluated(expression, frame.scope, anew(moment));
  } catch (over) {
    const later = await workedOutLater(over, moment.later, state, frame.signal);
    return evaluated(expression, frame.scope, anew({ ...moment, later }));
  }
}

/** @throws what was caught, where it is not the end of a turn. */
export async function workedOutLater(
  caught: unknown,
  before: WorkedOut | undefined,
  { run, services }: Pick<RunState, 'run' | 'services'>,
  signal: AbortSignal,
): Promise<WorkedOut> {
  if (!(caught instanceof TurnIsOver)) throw caught;
  return workedOut(before, caught, await services.patience.later(caught, { workspaceId: run.workspaceId, signal }));
}

/** What paths may start with. */
export type Scope = Readonly<Record<string, Json | undefined>>;

export type Evaluated = { value: Json | undefined } | { error: RunError };

/** @throws {TurnIsOver} where the place says that it may be begun anew. */
export function evaluated(expression: CompiledExpression, scope: Scope, place: Place): Evaluated {
  try {
    return { value: valueIn(expression, scope, place) };
  } catch (error) {
    if (error instanceof TurnIsOver) throw error;
    return { error: toRunError(error, place.stepKey) };
  }
}

/** @throws what evaluating it throws. */
export function valueIn(expression: CompiledExpression, scope: Scope, place: Place): Json | undefined {
  const known = place.later?.get(expression);
  if (!known) return expression(scope, place);
  if (known instanceof Error) throw known;
  const [fault] = known.errors;
  // Said by a mapping of its own, of which it was the only rule.
  if (fault) throw new MappingFault(fault.code, fault, fault.inputs);
  return isObject(known.output) ? known.output['value'] : undefined;
}
