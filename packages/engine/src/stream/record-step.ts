import type { PlannedStep } from '../plan/plan.ts';
import type { StepEnd } from '../run/run-state.ts';
import { endAt, fail, goOn, type Batch } from './batch.ts';
import type { Stream } from './stream.ts';

/** How a step that was done the general way ends for its record. */
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
    case 'waits': {
      const message = `“${step.title}” waits, and a stream cannot stand still for each of its records: move it out of the loop, or go through a list.`;
      fail(batch, index, { kind: 'unsupported', message, stepKey: stream.stepKey }, { stops: true, whole: true });
    }
  }
}
