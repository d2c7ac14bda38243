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
    case 'filter': {
      const context = new RecordContext(stream, step);
      return (batch, index) => {
        const yes = decide(stream, step, context, batch, index, work.condition, step.title);
        if (yes === undefined) return;
        if (index < batch.samples) note(batch, stream, step, index, { passed: yes }, yes ? 'succeeded' : 'skipped');
        goOn(batch, step, index, yes ? hasPassed : isFiltered);
      };
    }
    case 'branch': {
      const context = new RecordContext(stream, step);
      return (batch, index) => {
        let port = 'else';
        for (const { id, title, condition } of work.cases) {
          const yes = decide(stream, step, context, batch, index, condition, title);
          if (yes === undefined) return;
          if (!yes) continue;
          port = id;
          break;
        }
        const output = { case: port };
        note(batch, stream, step, index, output, 'succeeded');
        goOn(batch, step, index, { port, output });
      };
    }
    default:
      return (batch, index) => general(stream, step, batch, index);
  }
}

const hasPassed = { port: 'next', output: { passed: true } };
const isFiltered = { port: undefined, output: undefined };

function transformer(stream: Stream, step: PlannedStep, { input, onError }: { input?: CompiledMapping; onError: 'fail' | 'continue' | 'port' }): RunRecord {
  if (!input) return (batch, index) => goOn(batch, step, index, { port: 'next', output: {} });
  const context = new RecordContext(stream, step);
  return (batch, index) => {
    const result = runMapping(input, context.at(batch, index));
    if ('error' in result) {
      stepFailed(stream, step, batch, index, result.error, { onError, whole: result.whole });
      return;
    }
    if (index < batch.samples) note(batch, stream, step, index, result.output, 'succeeded');
    goOn(batch, step, index, { port: 'next', output: result.output });
  };
}

/** What a mapping gives for the record that the context stands at. */
export function runMapping(mapping: CompiledMapping, context: RecordContext): { output: Json } | { error: RunError; whole: boolean } {
  try {
    const { output, errors, outcome } = mapping.run(context.scope, context);
    const [first] = errors;
    if (!first || outcome === 'done') return { output };
    return { error: { kind: 'invalid_input', message: first.message, stepKey: context.stepKey, ruleId: first.ruleId }, whole: outcome === 'failRun' };
  } catch (error) {
    return { error: toRunError(error, context.stepKey), whole: false };
  }
}

/** What a mapping knows beside its sources. One object for a whole stage: it moves on from record to record. */
export class RecordContext implements MappingContext {
  readonly now: Date;
  readonly timezone?: string;
  private readonly stream: Stream;
  private readonly stepId: string;
  private batch: Batch | undefined;
  private index = 0;

  constructor(stream: Stream, { id }: PlannedStep) {
    this.now = stream.moment;
    if (stream.timezone !== undefined) this.timezone = stream.timezone;
    this.stream = stream;
    this.stepId = id;
  }

  at(batch: Batch, index: number): this {
    this.batch = batch;
    this.index = index;
    return this;
  }

  get scope(): Record<string, Json | undefined> {
    return this.batch!.scopes[this.index]!;
  }

  get stepKey(): string {
    return recordPrefix(this.batch!, this.stream.stepKey, this.index) + this.stepId;
  }

  /** The same whenever this record is done again: ids that a mapping makes come from it, and the keys of what it calls. */
  get seed(): string {
    const owner = this.batch!.origins?.[this.index]?.runId ?? keyOwner(this.stream.run);
    return `${owner}:${this.stepKey}`;
  }
}

/** @returns undefined when the condition gave no answer; the record has failed then. */
function decide(stream: Stream, step: PlannedStep, context: RecordContext, batch: Batch, index: number, condition: CompiledExpression | undefined, title: string): boolean | undefined {
  if (!condition) return refuse(stream, step, context, batch, index, `“${title}” has no condition: add one.`);
  try {
    const value = condition(batch.scopes[index]!, context.at(batch, index));
    if (value === true || value === false) return value;
    if (value === undefined || value === null) return false;
    return refuse(stream, step, context, batch, index, `The condition of “${title}” gave something else than true or false: compare it with something.`);
  } catch (error) {
    stepFailed(stream, step, batch, index, toRunError(error, context.stepKey), failsRecord);
    return undefined;
  }
}

const failsRecord: FailureWay = { onError: 'fail', whole: false };

function refuse(stream: Stream, step: PlannedStep, context: RecordContext, batch: Batch, index: number, message: string): undefined {
  stepFailed(stream, step, batch, index, { kind: 'invalid_input', message, stepKey: context.at(batch, index).stepKey }, failsRecord);
  return undefined;
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
