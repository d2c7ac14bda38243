import { inferSchema, isAnything, mergeOpen, type JsonSchema } from '@weft/json-schema';
import type { Operation } from '@weft/connector-sdk';
import type { ActionStep, Step, TriggerStep } from '../document.ts';
import { assertNever } from '../graph/ports-of.ts';
import { stepOf } from '../graph/step-graph.ts';
import { approvalOutput, signalOutput, waitOutput } from './wait-schema.ts';
import { answerSchema, loopOutputSchema, streamOutputSchema, withFailure } from './answer-schema.ts';
import type { FlowView } from './flow-view.ts';
import { lastResult } from './last-result.ts';
import { expressionSchema } from './scope.ts';

const operationOutput = lastResult<JsonSchema>();
const outputOrFailure = lastResult<JsonSchema>();
const signalOutputs = lastResult<JsonSchema>();

export function makeOutputSchema(view: FlowView, stepId: string): JsonSchema {
  const step = stepOf(view.flow, stepId);
  if (!step) return {};
  const output = outputOf(view, stepId, step);
  const mayFail = (step.kind === 'action' || step.kind === 'transform' || step.kind === 'subflow') && step.onError === 'port';
  return mayFail ? outputOrFailure(output, [], () => withFailure(output)) : output;
}

function outputOf(view: FlowView, stepId: string, step: Step): JsonSchema {
  switch (step.kind) {
    case 'trigger':
    case 'action': {
      const operation = view.catalogue.operation(step.use);
      const { samples, schemas } = step;
      // Not by the step: renaming it or changing its mapping does not change what it gives.
      return operationOutput(schemas?.output ?? samples ?? operation ?? step, [operation, samples], () => declaredOutput(step, operation));
    }
    case 'transform': {
      if (step.schemas?.input) return step.schemas.input;
      const { value } = view.sample(stepId);
      return value === undefined ? {} : inferSchema([value]);
    }
    case 'filter':
      return { type: 'object', properties: { passed: { const: true } }, required: ['passed'] };
    case 'branch': {
      const ids = [...step.cases.map(({ id }) => id), 'else'];
      return { type: 'object', properties: { case: { type: 'string', enum: ids } }, required: ['case'] };
    }
    case 'forEach':
      return (step.source ? streamOutputSchema : loopOutputSchema)(step.collect && expressionSchema(step.collect, view.collectSources(stepId)));
    case 'respond':
      return mergeOpen(answerSchema, step.schemas?.input);
    case 'wait':
      return step.mode === 'signal' ? signalOutputs(step.schemas?.output ?? step.samples ?? step, [step.samples, step.timeoutMs], () => signalOutput(step)) : waitOutput;
    case 'approval':
      return approvalOutput;
    case 'subflow':
      return step.schemas?.output ?? view.catalogue.flow?.(step.flow)?.output ?? {};
    case 'stop':
      return {};
    default:
      return assertNever(step);
  }
}

function declaredOutput(step: TriggerStep | ActionStep, operation: Operation | undefined): JsonSchema {
  const samples = step.samples?.map(({ output }) => output) ?? [];
  const described = step.schemas?.output ?? (samples.length > 0 ? inferSchema(samples) : undefined);
  if (!operation || isAnything(operation.output)) return described ?? {};
  return mergeOpen(operation.output, described);
}
