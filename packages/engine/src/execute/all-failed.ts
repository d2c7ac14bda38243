import { isObject, type Json } from '@weft/json-schema';
import type { RunError } from '../journal.ts';
import type { MomentOf } from '../run/run-state.ts';
import { named, say } from '../sentences.en.ts';

/**
 * A loop of the flow itself that went through something, and of which nothing came to its end, lets the run fail, although the loop takes
 * failures: a run that did nothing is not one that succeeded. The steps behind it run first, because they may report it.
 * @param output - what the loop gives: how many succeeded, failed and were left out.
 * @param first - why the first one failed, where that is still known.
 */
export function noteAllFailed<W>({ state, frame, step, stepKey }: MomentOf<W>, output: Json | undefined, first?: RunError): void {
  if (frame.prefix !== '' || !isObject(output)) return;
  const { succeeded, failed, skipped, errors } = output;
  if (typeof failed !== 'number' || failed === 0 || succeeded !== 0 || skipped !== 0) return;
  state.outcomeParts.allFailed ??= {
    kind: first?.kind ?? 'unknown',
    ...say('run.allFailed', { count: failed, step: named(step.title), error: first ?? keptError(errors) ?? say('run.allFailed.unknown') }),
    stepKey: first?.stepKey ?? stepKey,
  };
}

function keptError(errors: Json | undefined): { message: string } | undefined {
  const [error] = Array.isArray(errors) ? errors : [];
  return isObject(error) && typeof error['message'] === 'string' ? { message: error['message'] } : undefined;
}
