import type { Json } from '@weft/json-schema';
import { type CompiledExpression, TurnIsOver } from '@weft/mapping';
import type { Said } from '@weft/sentences';
import type { RunError } from '../journal.ts';
import { toRunError } from '../run/to-run-error.ts';
import { named, say } from '../sentences.en.ts';
import { type Scope, valueIn } from './map-record.ts';
import type { Place } from './place.ts';

/**
 * What a condition's value means: missing and null count as no; anything but true and false is a mistake that must not pass for an
 * answer, and is said to be one.
 */
export function decide(value: Json | undefined, title: string): boolean | Said {
  if (typeof value === 'boolean') return value;
  if (value === undefined || value === null) return false;
  const step = named(title);
  if (Array.isArray(value)) return say('run.condition.list', { step });
  if (typeof value === 'object') return say('run.condition.object', { step });
  return typeof value === 'number' ? say('run.condition.number', { step }) : say('run.condition.text', { step });
}

/** Asks a condition, for a run as for a record of a stream. @throws {TurnIsOver} where the place says that it may be begun anew. */
export function decided(condition: CompiledExpression | undefined, scope: Scope, place: Place, title: string): boolean | RunError {
  if (!condition) return { kind: 'invalid_input', ...say('run.condition.missing', { step: named(title) }), stepKey: place.stepKey };
  let decision: boolean | Said;
  try {
    decision = decide(valueIn(condition, scope, place), title);
  } catch (error) {
    if (error instanceof TurnIsOver) throw error;
    return toRunError(error, place.stepKey);
  }
  return typeof decision === 'boolean' ? decision : { kind: 'invalid_input', ...decision, stepKey: place.stepKey };
}
