import { mergeOpen, type JsonSchema } from '@weft/json-schema';
import { assertNever } from '../graph/ports-of.ts';
import { stepOf } from '../graph/step-graph.ts';
import { answerSchema } from './answer-schema.ts';
import type { FlowView } from './flow-view.ts';
import { lastResult } from './last-result.ts';

const targets = lastResult<JsonSchema | undefined>();

export function makeTarget(view: FlowView, stepId: string): JsonSchema | undefined {
  const step = stepOf(view.flow, stepId);
  switch (step?.kind) {
    case 'action': {
      const operation = view.catalogue.operation(step.use);
      return targets(step.schemas?.input ?? operation ?? step, [operation], () => operation && mergeOpen(operation.input, step.schemas?.input));
    }
    case 'respond':
      return targets(step.schemas?.input ?? answerSchema, [answerSchema], () => mergeOpen(answerSchema, step.schemas?.input));
    case 'subflow': {
      const called = view.catalogue.flow?.(step.flow);
      return called && targets(step.schemas?.input ?? called, [called], () => mergeOpen(called.input, step.schemas?.input));
    }
    case 'transform':
    case 'approval':
      return step.schemas?.input;
    case 'forEach': {
      const operation = step.source && view.catalogue.operation(step.source.use);
      return operation && targets(step.schemas?.input ?? operation, [operation], () => mergeOpen(operation.input, step.schemas?.input));
    }
    case 'trigger':
    case 'filter':
    case 'branch':
    case 'stop':
    case 'wait':
    case undefined:
      return undefined;
    default:
      return assertNever(step);
  }
}
