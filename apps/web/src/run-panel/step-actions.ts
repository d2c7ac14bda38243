import type { RunError } from './record/run-record.ts';
import type { Json } from '@weft/json-schema';

/** What can be done with a step of a run where its flow can be edited. */
export interface StepActions {
  /** Absent for steps that are not in the flow any more. */
  has: (stepId: string) => boolean;
  runTo: (stepId: string) => void;
  /** In the inspector; with an error, where that belongs to. */
  openStep: (stepId: string, error?: Pick<RunError, 'path' | 'ruleId'>) => void;
  /** Shows another run of this flow in its place. */
  showRun: (runId: string) => void;
  /** The output becomes a sample of the step, or its pin. */
  keepOutput: (stepId: string, output: Json, pin: boolean) => void;
}
