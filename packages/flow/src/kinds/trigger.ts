import { ports } from '../graph/port.ts';
import { operationShape } from './base-shape.ts';
import { defineKind } from './kind.ts';
import { operationOutput, operationSample } from './operation-output.ts';
import type { OperationUse, StepBase } from './step-base.ts';

/** The one step a flow begins with; its output is the payload. */
export interface TriggerStep extends StepBase, OperationUse {
  kind: 'trigger';
}

export const trigger = defineKind<TriggerStep>({
  shape: operationShape,
  ports: () => [ports.next],
  goesOnByItself: true,
  parts: (step) => [{ path: [], operation: step, role: 'trigger' }],
  output: operationOutput,
  sample: operationSample,
  mayFail: false,
  // That it is in a loop at all is said once, as `trigger.inLoop`.
  inStream: true,
  runsAlone: false,
});
