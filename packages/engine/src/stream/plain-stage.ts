import type { Json } from '@weft/json-schema';
import type { CompiledExpression, CompiledMapping, MappingContext } from '@weft/mapping';
import type { RunError } from '../journal.ts';
import type { PlannedStep } from '../plan/plan.ts';
import { keyOwner } from '../substrate.ts';
import { failureOutput } from '../execute/record.ts';
import { toRunError } from '../run/to-run-error.ts';
import { fail, goOn, isDue, recordPrefix, type Batch } from './batch.ts';
import { takeEnd } from './record-step.ts';
import type { StageStep } from './stages.ts';
import type { Stream } from './stream.ts';

/**
 * Works things out for each record, in a plain loop: no promises, no frames, no entries but for the samples. This is where
 * a stream spends its time, so the loop over records is inside the loop over steps' kinds.
 */
export function plainStage(stream: Stream, steps: readonly StageStep[], batch: Batch): void {
  for (const { at, step } of steps) {
    const run = runnerOf(stream, step);
    for (let index = 0; index < batch.limit; index += 1) {
      if (isDue(batch, at, index)) run(batch, index);
    }
  }
}

type RunRecord = (batch: Batch, index: number) => void;

function runnerOf(stream: Stream, step: PlannedStep): RunRecord {
  const { work } = step;
  if (step.pinned && stream.isTest) return (batch, index) => general(stream, step, batch, index);
  switch (work.kind) {
    case 'transform':
      return transformer(stream, step, work);
    case 'filter':
      return (batch, index) => {
        const yes = decide(stream, step, batch, index, work.condition, step.title);
        if (yes === undefined) return;
        note(batch, stream, step, index, { passed: yes }, yes ? 'succeeded' : 'skipped');
        goOn(batch, step, index, yes ? { port: 'next', output: passed } : { port: undefined, output: undefined });
      };
    case 'branch':
      return (batch, index) => {
        for (const { id, title, condition } of work.cases) {
          const yes = decide(stream, step, batch, index, condition, title);
          if (yes === undefined) return;
          if (yes) return chosen(id);
        }
        chosen('else');
        function chosen(port: string): void {
          const output = { case: port };
          note(batch, stream, step, index, output, 'succeeded');
          goOn(batch, step, index, { port, output });
        }
      };
    default:
      return (batch, index) => general(stream, step, batch, index);
  }
}

const passed: Json = { passed: true };

function transformer(stream: Stream, step: PlannedStep, { input, onError }: { input?: CompiledMapping; onError: 'fail' | 'continue' | 'port' }): RunRecord {
  if (!input) return (batch, index) => goOn(batch, step, index, { port: 'next', output: {} });
  const context = contextFor(stream);
  return (batch, index) => {
    const failed = (error: RunError, whole: boolean) => stepFailed(stream, step, batch, index, error, { onError, whole });
    context.seed = seedOf(stream, step, batch, index);
    try {
      const { output, errors, outcome } = input.run(batch.scopes[index]!, context);
      const [first] = errors;
      if (first && outcome !== 'done') {
        failed({ kind: 'invalid_input', message: first.message, stepKey: recordPrefix(batch, stream.stepKey, index) + step.id, ruleId: first.ruleId }, outcome === 'failRun');
        return;
      }
      if (index < batch.samples) note(batch, stream, step, index, output, 'succeeded');
      goOn(batch, step, index, { port: 'next', output });
    } catch (error) {
      failed(toRunError(error, recordPrefix(batch, stream.stepKey, index) + step.id), false);
    }
  };
}

/** What a mapping knows beside its sources. One object for a whole loop: only the seed differs from record to record. */
export function contextFor({ now, timezone }: Stream): MappingContext {
  return { now: new Date(now), seed: '', ...(timezone !== undefined && { timezone }) };
}

/** Ids that a mapping makes are the same whenever this record is done again. */
export function seedOf({ run, stepKey }: Stream, step: PlannedStep, batch: Batch, index: number): string {
  const owner = batch.origins?.[index]?.runId ?? keyOwner(run);
  return `${owner}:${recordPrefix(batch, stepKey, index)}${step.id}`;
}

/** @returns undefined when the condition gave no answer; the record has failed then. */
function decide(stream: Stream, step: PlannedStep, batch: Batch, index: number, condition: CompiledExpression | undefined, title: string): boolean | undefined {
  const refuse = (message: string): undefined => {
    const error: RunError = { kind: 'invalid_input', message, stepKey: recordPrefix(batch, stream.stepKey, index) + step.id };
    stepFailed(stream, step, batch, index, error, { onError: 'fail', whole: false });
    return undefined;
  };
  if (!condition) return refuse(`“${title}” has no condition: add one.`);
  try {
    const value = condition(batch.scopes[index]!, { now: stream.moment, seed: '', ...(stream.timezone !== undefined && { timezone: stream.timezone }) });
    if (value === true || value === false) return value;
    if (value === undefined || value === null) return false;
    return refuse(`The condition of “${title}” gave something else than true or false: compare it with something.`);
  } catch (error) {
    stepFailed(stream, step, batch, index, toRunError(error, recordPrefix(batch, stream.stepKey, index) + step.id), { onError: 'fail', whole: false });
    return undefined;
  }
}

export interface FailureWay {
  onError: 'fail' | 'continue' | 'port';
  whole: boolean;
}

/** A step failed for good: the record goes on at the error port or past it, or fails with it. */
export function stepFailed(stream: Stream, step: PlannedStep, batch: Batch, index: number, error: RunError, { onError, whole }: FailureWay): void {
  const port = whole || onError === 'fail' ? undefined : onError === 'port' ? 'error' : 'next';
  if (index < batch.samples) {
    const stepKey = recordPrefix(batch, stream.stepKey, index) + step.id;
    batch.entries.push({ stepKey, attempt: 1, kind: 'failed', at: stream.clock(), error, ...(port !== undefined && { port }) });
  }
  if (port === undefined) fail(batch, index, error, { stops: stream.stops, whole });
  else goOn(batch, step, index, { port, output: failureOutput(port, error) });
}

/** The first records of a run are written down, so that people see what a record goes through. */
export function note(batch: Batch, stream: Stream, step: PlannedStep, index: number, output: Json | undefined, kind: 'succeeded' | 'skipped', input?: Json): void {
  if (index >= batch.samples) return;
  const stepKey = recordPrefix(batch, stream.stepKey, index) + step.id;
  batch.entries.push({ stepKey, attempt: 1, kind, at: stream.clock(), ...(input !== undefined && { input }), ...(output !== undefined && { output }) });
}

/** A step that is done as everywhere else: a stop, a pinned one, one that cannot be made ready. It gives no promise. */
function general(stream: Stream, step: PlannedStep, batch: Batch, index: number): void {
  const end = stream.perform(batch, index, step);
  if (end instanceof Promise) throw new TypeError(`The step ${step.id} waits for something, so it cannot be worked out in a plain loop.`);
  takeEnd(stream, step, batch, index, end);
}
