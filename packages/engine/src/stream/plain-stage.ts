import { chosenCase, type BranchWork } from '../execute/branch.ts';
import { decided } from '../execute/decide.ts';
import { whatIsLacking } from '../execute/demands.ts';
import { driftOf } from '../execute/drift.ts';
import type { FilterWork } from '../execute/filter.ts';
import { mapRecord } from '../execute/map-record.ts';
import { warned } from '../execute/record.ts';
import type { TransformWork } from '../execute/transform.ts';
import type { PlannedStep } from '../plan/plan.ts';
import type { WorkedOut } from '../run/patience.ts';
import { goOn, isDue, type Batch } from './batch.ts';
import { RecordPlace } from './record-place.ts';
import { note, stepFailed, takeEnd } from './record-step.ts';
import type { StageStep } from './stages.ts';
import type { Stream } from './stream.ts';

/**
 * Works things out for each record, in a plain loop: no frames, no entries but for the samples, and no promises but where others would be kept
 * waiting. This is where
 * a stream spends its time, so the loop over records is inside the loop over steps. What a step means is not said here: the commonest
 * kinds do for a column of records what their executor does for a run, and all others are executed.
 */
export async function plainStage(stream: Stream, steps: readonly StageStep[], batch: Batch): Promise<void> {
  const { turn, rest } = stream.patience;
  for (const { at, step } of steps) {
    const run = runnerOf(stream, step);
    for (let index = 0; index < batch.limit; index += 1) {
      if (!isDue(batch, at, index)) continue;
      const end = attempt(stream, run, batch, index);
      if (end) await end;
      if (turn.spend(1) && turn.isOver(performance.now())) await rest();
    }
  }
}

/** Gives a promise only where something was too long for its turn. @param later - what that gave. */
type RunRecord = (batch: Batch, index: number, later?: WorkedOut) => Promise<void> | void;

function attempt(stream: Stream, run: RunRecord, batch: Batch, index: number, later?: WorkedOut): Promise<void> | void {
  try {
    return run(batch, index, later);
  } catch (over) {
    return stream.later(over, later).then((known) => attempt(stream, run, batch, index, known));
  }
}

function runnerOf(stream: Stream, step: PlannedStep): RunRecord {
  const { work } = step;
  if (step.pinned && stream.isTest) return executed(stream, step);
  switch (work.kind) {
    case 'transform':
      return transformer(stream, step, work);
    case 'filter':
      return filterer(stream, step, work);
    case 'branch':
      return brancher(stream, step, work);
    default:
      return executed(stream, step);
  }
}

function transformer(stream: Stream, step: PlannedStep, { input, onError, learned, demands }: TransformWork): RunRecord {
  const place = new RecordPlace(stream, step);
  return (batch, index, later) => {
    const result = mapRecord(input, batch.scopes[index]!, place.at(batch, index, later));
    if ('error' in result) {
      stepFailed(stream, step, batch, index, result.error, { onError, whole: result.whole });
      return;
    }
    const { output } = result;
    const lacking = demands && whatIsLacking(demands, output, place);
    if (lacking) {
      stepFailed(stream, step, batch, index, lacking, { onError, input: output });
      return;
    }
    if (index < batch.samples) note(stream, step, batch, index, { kind: 'succeeded', output, ...warned(result, driftOf(stream.validator, output, learned)) });
    goOn(batch, step, index, { port: 'next', output });
  };
}

// One object each for all records: nobody changes an output.
const hasPassed = { port: 'next', output: { passed: true } };
const isFiltered = { port: undefined, output: { passed: false } };

function filterer(stream: Stream, step: PlannedStep, { condition }: FilterWork): RunRecord {
  const place = new RecordPlace(stream, step);
  return (batch, index, later) => {
    const passed = decided(condition, batch.scopes[index]!, place.at(batch, index, later), step.title);
    if (typeof passed === 'object') {
      stepFailed(stream, step, batch, index, passed);
      return;
    }
    const end = passed ? hasPassed : isFiltered;
    if (index < batch.samples) note(stream, step, batch, index, { kind: passed ? 'succeeded' : 'skipped', output: end.output });
    goOn(batch, step, index, end);
  };
}

function brancher(stream: Stream, step: PlannedStep, work: BranchWork): RunRecord {
  const place = new RecordPlace(stream, step);
  return (batch, index, later) => {
    const port = chosenCase(work, batch.scopes[index]!, place.at(batch, index, later));
    if (typeof port === 'object') {
      stepFailed(stream, step, batch, index, port);
      return;
    }
    const output = { case: port };
    if (index < batch.samples) note(stream, step, batch, index, { kind: 'succeeded', output, port });
    goOn(batch, step, index, { port, output });
  };
}

/** A step that is done as everywhere else. */
function executed(stream: Stream, step: PlannedStep): RunRecord {
  return (batch, index) => {
    const end = stream.perform(batch, index, step);
    if (end instanceof Promise) return end.then((late) => takeEnd(stream, step, batch, index, late));
    takeEnd(stream, step, batch, index, end);
    return undefined;
  };
}
