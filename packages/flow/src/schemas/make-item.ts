import { inferSchema, isAnything, isObject, mergeOpen, sampleOf, schemaAt, type JsonSchema } from '@weft/json-schema';
import { references } from '@weft/mapping';
import type { StreamSource } from '../document.ts';
import { stepOf } from '../graph/step-graph.ts';
import type { FlowView, StepSample } from './flow-view.ts';
import { allReal, expressionSchema, valueOf } from './scope.ts';

/** What the list declares about its items, else what its first item looks like. */
export function makeItemSchema(view: FlowView, stepId: string): JsonSchema {
  const step = stepOf(view.flow, stepId);
  if (step?.kind === 'forEach' && step.source) return recordSchema(view, step.source);
  if (step?.kind !== 'forEach' || !step.items) return {};
  const list = expressionSchema(step.items, view.sources(stepId));
  const declared = isObject(list.items) ? schemaAt(list, ['0']) : undefined;
  if (declared) return declared;
  const [first] = firstItem(view, stepId);
  return first === undefined ? {} : inferSchema([first]);
}

export function makeItemSample(view: FlowView, stepId: string): StepSample {
  const step = stepOf(view.flow, stepId);
  if (step?.kind === 'forEach' && step.source) return recordSample(view, stepId, step.source);
  if (step?.kind !== 'forEach' || !step.items) return { value: undefined, real: false };
  const [first] = firstItem(view, stepId);
  if (first !== undefined) return { value: first, real: allReal(references(step.items), view.sources(stepId)) };
  const schema = view.itemSchema(stepId);
  return { value: Object.keys(schema).length > 0 ? sampleOf(schema) : undefined, real: false };
}

function firstItem(view: FlowView, stepId: string) {
  const step = stepOf(view.flow, stepId);
  const list = step?.kind === 'forEach' && step.items ? valueOf(step.items, view.sources(stepId)) : undefined;
  return Array.isArray(list) ? list : [];
}

/** One record of a source: what the operation declares, its open parts as they were read or learned from records that were seen. */
function recordSchema(view: FlowView, { use, record, samples = [] }: StreamSource): JsonSchema {
  const operation = view.catalogue.operation(use);
  const described = record ?? (samples.length > 0 ? inferSchema(samples.map(({ output }) => output)) : undefined);
  return !operation || isAnything(operation.output) ? (described ?? {}) : mergeOpen(operation.output, described);
}

function recordSample(view: FlowView, stepId: string, { use, record, samples }: StreamSource): StepSample {
  const [seen] = samples ?? [];
  if (seen) return { value: seen.output, real: true };
  const example = record ? undefined : view.catalogue.operation(use)?.samples.find(({ output }) => output !== undefined)?.output;
  if (example !== undefined) return { value: example, real: false };
  const schema = view.itemSchema(stepId);
  return { value: Object.keys(schema).length > 0 ? sampleOf(schema) : undefined, real: false };
}
