import { may, oneOf } from '@weft/json-schema/read';
import { type MappingDocument, readMapping } from '@weft/mapping';
import type { FlowDocument } from '../document.ts';
import { updateStep } from '../edit/update-step.ts';
import { repeatOf } from '../effects/repeat-of.ts';
import { ports } from '../graph/port.ts';
import type { Fix, Problem } from '../problem.ts';
import { named, type Check } from '../problems/check.ts';
import { fix, say } from '../sentences.en.ts';
import { operationShape } from './base-shape.ts';
import { effectProblems, effectsShape, type Effects } from './effects.ts';
import { defineKind } from './kind.ts';
import { operationOutput, operationSample } from './operation-output.ts';
import type { OperationUse, StepBase } from './step-base.ts';

/** Calls an operation of a connector. */
export interface ActionStep extends StepBase, Effects, OperationUse {
  kind: 'action';
  /**
   * `at-least-once` (default): after a crash the step is done again under the same idempotency key. `at-most-once`: once begun it is
   * never begun again; a crash or a time-out in the middle is a failure whose outcome is unknown.
   */
  delivery?: 'at-least-once' | 'at-most-once';
  input?: MappingDocument;
}

export const action = defineKind<ActionStep>({
  shape: { ...effectsShape, delivery: may(oneOf('at-least-once', 'at-most-once')), ...operationShape, input: may(readMapping) },
  ports: () => [ports.next],
  goesOnByItself: true,
  parts: (step) => [
    { path: [], operation: step, role: 'action' },
    { path: ['input'], mapping: step.input },
  ],
  target: ({ use }, catalogue) => catalogue.operation(use)?.input,
  output: operationOutput,
  sample: operationSample,
  problems: (step, check, stepId) => [
    ...effectProblems(step, stepId),
    ...(step.delivery === 'at-most-once' ? atMostOnce(check.flow, stepId, step) : []),
    ...unsafeRetry(step, check, stepId),
  ],
  repeat({ use, config }, catalogue) {
    const operation = catalogue.operation(use);
    return operation ? repeatOf(operation, config) : 'unsafe';
  },
  mayFail: true,
  inStream: true,
  runsAlone: true,
});

function unsafeRetry({ title, use, config, retry }: ActionStep, { catalogue }: Check, stepId: string): Problem[] {
  const operation = catalogue.operation(use);
  if (!operation || repeatOf(operation, config) !== 'unsafe' || (retry?.attempts ?? 1) <= 1) return [];
  const said = say('flow.retry.unsafe', { step: named(title), operation: named(operation.title) });
  return [{ code: 'retry.unsafe', severity: 'warning', stepId, path: ['retry'], ...said, fixes: [noRetry(stepId)] }];
}

const noRetry = (stepId: string): Fix => fix(say('flow.fix.noRetry'), (flow) => updateStep(flow, stepId, { retry: undefined }));

/** What is never done twice cannot be tried again, nor be part of a batch that is done again after a crash. */
function atMostOnce(flow: FlowDocument, stepId: string, { title, retry, in: loop }: ActionStep): Problem[] {
  const found: Problem[] = [];
  const atLeastOnce = fix(say('flow.fix.atLeastOnce'), (changed) => updateStep(changed, stepId, { delivery: undefined }));
  if ((retry?.attempts ?? 1) > 1) {
    found.push({
      code: 'delivery.retry',
      severity: 'error',
      stepId,
      path: ['delivery'],
      ...say('flow.delivery.retry', { step: named(title) }),
      fixes: [noRetry(stepId), atLeastOnce],
    });
  }
  const container = loop === undefined ? undefined : flow.steps[loop];
  if (container?.kind === 'forEach' && container.source) {
    found.push({
      code: 'delivery.stream',
      severity: 'error',
      stepId,
      path: ['delivery'],
      ...say('flow.delivery.stream', { step: named(title) }),
      fixes: [atLeastOnce],
    });
  }
  return found;
}
