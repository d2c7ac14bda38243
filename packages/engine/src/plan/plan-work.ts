import { kindOf, type Step } from '@weft/flow';
import type { Executor, Surroundings } from '../execute/executor.ts';
import { toRunError } from '../run/to-run-error.ts';
import type { BrokenWork, Work } from './plan.ts';

export interface PlanWorkOptions extends Surroundings {
  executor: Executor<Step, Work>;
  /** It runs for the records of a stream: in the loop that reads them, or in a loop inside that one. */
  inStream: boolean;
}

/** One step made ready, or why it cannot be. */
export function planWork(stepId: string, step: Step, { executor, inStream, ...around }: PlanWorkOptions): Work | BrokenWork {
  const allowed = kindOf(step).inStream;
  const refused = inStream && allowed !== true ? allowed(step) : undefined;
  if (refused) return { kind: 'broken', error: { kind: 'unsupported', ...refused, stepKey: stepId }, whole: true };
  try {
    return executor.plan(step, around);
  } catch (error) {
    // A draft may be unfinished in any way; the step says so when the run gets there.
    return { kind: 'broken', error: toRunError(error, stepId) };
  }
}
