import { isObject, type Json } from '@weft/json-schema';
import type { StepKind } from '@weft/flow';
import type { JournalEntry } from '../journal.ts';
import type { PlannedStep, Work } from '../plan/plan.ts';
import { isSettled } from '../run/replay.ts';
import type { Executor, Frame, Moment, RunState, StepEnd } from '../run/run-state.ts';
import { action } from './action.ts';
import { approval } from './approval.ts';
import { branch } from './branch.ts';
import { filter } from './filter.ts';
import { forEach } from './for-each.ts';
import { failureOutput, record } from './record.ts';
import { answerOf, respond } from './respond.ts';
import { stop } from './stop.ts';
import { subflow } from './subflow.ts';
import { transform } from './transform.ts';
import { trigger } from './trigger.ts';
import { wait } from './wait.ts';

const executors: { [K in StepKind]: Executor<K> } = { trigger, action, transform, filter, branch, forEach, respond, stop, wait, approval, subflow };

/** Runs one step, or takes what is known already: from the journal of an earlier process, or in a test run from its pin. */
export function performStep(state: RunState, frame: Frame, step: PlannedStep, now: number): StepEnd | Promise<StepEnd> {
  const stepKey = frame.prefix + step.id;
  const replayed = state.replay?.get(stepKey)?.last;
  if (replayed && isSettled(replayed)) return fromJournal(state, step, replayed, now);
  const { work } = step;
  if (work.kind === 'broken') {
    record(state, frame, { stepKey, attempt: 1, kind: 'failed', error: work.error });
    return { kind: 'failed', error: { ...work.error, stepKey } };
  }
  const moment: Moment = { state, frame, step, work, stepKey, now };
  if (step.pinned && state.run.mode === 'test' && work.kind !== 'trigger') return fromPin(moment, work, step.pinned.output);
  // The table gives the executor of the work's own kind; TypeScript cannot follow a union through an index.
  return (executors[work.kind] as Executor<StepKind>)(moment);
}

function fromJournal(state: RunState, { id, work }: PlannedStep, entry: JournalEntry, now: number): StepEnd {
  const { kind, output, port, error } = entry;
  if (kind === 'failed' && port === undefined) {
    return { kind: 'failed', error: error ?? { kind: 'unknown', message: `The step ${id} failed.`, stepKey: entry.stepKey } };
  }
  if (kind === 'failed' && port !== undefined) return { kind: 'went', port, output: failureOutput(port, error), at: movesTime(work) ? entry.at : now };
  if (kind === 'skipped') return { kind: 'went', port: undefined, output, at: now };
  if (work.kind === 'respond') state.given.answer ??= answerOf(output);
  if (work.kind === 'stop') return { kind: 'stopped', outcome: { status: work.outcome } };
  // What a pure step calls now is when the steps before it were done; only what comes from outside moves it on.
  const at = movesTime(work) ? entry.at : now;
  return { kind: 'went', port: port ?? 'next', output: work.kind === 'trigger' ? state.run.payload : output, at };
}

/** True for steps that end when something outside has happened. */
const movesTime = ({ kind }: PlannedStep['work']): boolean => kind === 'action' || kind === 'wait' || kind === 'approval' || kind === 'subflow';

function fromPin(moment: Moment, work: Work, output: Json): StepEnd {
  const { state, frame, stepKey, now } = moment;
  const port = portOfPin(work, output);
  const warnings = ['This is the pinned sample; the step did not run.'];
  record(state, frame, { stepKey, attempt: 1, kind: port === undefined ? 'skipped' : 'succeeded', output, warnings, ...(port !== undefined && { port }) });
  return { kind: 'went', port, output, at: now };
}

function portOfPin(work: Work, output: Json): string | undefined {
  if (work.kind === 'branch') {
    const chosen = isObject(output) ? output['case'] : undefined;
    return work.cases.find(({ id }) => id === chosen)?.id ?? 'else';
  }
  if (work.kind === 'approval') return isObject(output) && output['approved'] === false ? 'rejected' : 'approved';
  if (work.kind === 'filter' && isObject(output) && output['passed'] === false) return undefined;
  return 'next';
}
