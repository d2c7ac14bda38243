import { failureOutput, portOfFailure, type OnError } from '../execute/record.ts';
import type { JournalEntry, RunError } from '../journal.ts';
import type { PlannedStep } from '../plan/plan.ts';
import type { StepEnd } from '../run/run-state.ts';
import { endAt, fail, goOn, recordPrefix, type Batch } from './batch.ts';
import type { Stream } from './stream.ts';

/** How a step that was executed ends for its record. */
export function takeEnd(stream: Stream, step: PlannedStep, batch: Batch, index: number, end: StepEnd): void {
  switch (end.kind) {
    case 'went':
      goOn(batch, step, index, end);
      return;
    case 'failed':
      fail(batch, index, end.error, { stops: stream.stops, whole: end.whole ?? false });
      return;
    case 'stopped':
      endAt(batch, index, end);
      return;
    case 'waits':
      // Kinds that park their run say that they may not stand in a stream, and their steps are not made ready there.
      throw new TypeError(`The step ${step.id} wants to park the run, and a stream cannot stand still for one of its records.`);
  }
}

export interface RecordFailure {
  /** What the step says about failures. Default fail. */
  onError?: OnError;
  /** Ends the run whatever the step or the loop says. Default false. */
  whole?: boolean;
  /** What was refused as input. */
  input?: JournalEntry['input'];
}

/** A step failed for good: the record goes on at the error port or past it, or fails with it. As `failed` for a run. */
export function stepFailed(
  stream: Stream,
  step: PlannedStep,
  batch: Batch,
  index: number,
  error: RunError,
  { onError, whole = false, input }: RecordFailure = {},
): void {
  const port = whole ? undefined : portOfFailure(onError);
  if (index < batch.samples) note(stream, step, batch, index, { kind: 'failed', input, error, port });
  if (port === undefined) fail(batch, index, error, { stops: stream.stops, whole });
  else goOn(batch, step, index, { port, output: failureOutput(port, error) });
}

/** Writes down a step of one of the first records of a run, so that people see what a record goes through. Ask only for samples. */
export function note(stream: Stream, step: PlannedStep, batch: Batch, index: number, facts: Omit<JournalEntry, 'stepKey' | 'attempt' | 'at'>): void {
  batch.entries.push({ stepKey: recordPrefix(batch, stream.stepKey, index) + step.id, attempt: 1, at: stream.clock(), ...facts });
}
