import type { Operation } from '@weft/connector-sdk';
import { inferSchema, isAnything, mergeOpen, type JsonSchema } from '@weft/json-schema';
import type { FlowView, StepSample } from '../schemas/flow-view.ts';
import { lastResult } from '../schemas/last-result.ts';
import type { OperationUse, StepBase } from './step-base.ts';

const outputs = lastResult<JsonSchema>();

/** What the operation declares, its open parts as the step describes them or as its samples look. */
export function operationOutput(step: StepBase & OperationUse, { catalogue }: FlowView): JsonSchema {
  const operation = catalogue.operation(step.use);
  const { samples, schemas } = step;
  // Not by the step: renaming it or changing its mapping does not change what it gives.
  return outputs(schemas?.output ?? samples ?? operation ?? step, [operation, samples], () => declaredOutput(step, operation));
}

/** The operation's own example, where the step does not say itself what comes. */
export function operationSample({ use, schemas }: StepBase & OperationUse, { catalogue }: FlowView): StepSample | undefined {
  const example = catalogue.operation(use)?.samples.find(({ output }) => output !== undefined)?.output;
  return example !== undefined && !schemas?.output ? { value: example, real: false } : undefined;
}

function declaredOutput(step: StepBase, operation: Operation | undefined): JsonSchema {
  const samples = step.samples?.map(({ output }) => output) ?? [];
  const described = step.schemas?.output ?? (samples.length > 0 ? inferSchema(samples) : undefined);
  if (!operation || isAnything(operation.output)) return described ?? {};
  return mergeOpen(operation.output, described);
}
