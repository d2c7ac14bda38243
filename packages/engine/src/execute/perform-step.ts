import type { Json } from '@weft/json-schema';
import type { PlannedStep, Work } from '../plan/plan.ts';
import { isSettled } from '../run/replay.ts';
import type { Frame, Moment, RunState, StepEnd } from '../run/run-state.ts';
import { say } from '../sentences.en.ts';
import { workedOutLater } from './map-record.ts';
import { record } from './record.ts';
import { resumed } from './resumed.ts';

/** Runs one step, or takes what is known already: from the journal of an earlier process, or in a test run from its pin. */
export function performStep(state: RunState, frame: Frame, step: PlannedStep, now: number): StepEnd | Promise<StepEnd> {
  const stepKey = frame.prefix + step.id;
  state.services.entering?.(state.run.runId, stepKey);
  const { work, executor, pinned } = step;
  const earlier = state.replay?.get(stepKey)?.last;
  if (work.kind === 'broken') {
    if (earlier && isSettled(earlier)) return resumed(earlier, step.id, now);
    record(state, frame, { stepKey, attempt: 1, kind: 'failed', error: work.error });
    return { kind: 'failed', error: { ...work.error, stepKey }, whole: work.whole };
  }
  const moment: Moment = { state, frame, step, work, stepKey, now };
  if (earlier && isSettled(earlier)) return executor.resume(moment, earlier);
  if (pinned && state.run.mode === 'test' && executor.portOfPin) return fromPin(moment, executor.portOfPin(work, pinned.output), pinned.output);
  return attempt(moment);
}

/** A step maps and decides before it does anything else, so it begins anew with what was worked out. */
function attempt(moment: Moment): StepEnd | Promise<StepEnd> {
  try {
    return moment.step.executor.execute(moment);
  } catch (over) {
    const { later, state, frame } = moment;
    return workedOutLater(over, later, state, frame.signal).then((known) => attempt({ ...moment, later: known }));
  }
}

function fromPin({ state, frame, stepKey, now }: Moment<Work['kind']>, port: string | undefined, output: Json): StepEnd {
  const warnings = [say('run.warning.pinned')];
  record(state, frame, { stepKey, attempt: 1, kind: port === undefined ? 'skipped' : 'succeeded', output, warnings, port });
  return { kind: 'went', port, output, at: now };
}
