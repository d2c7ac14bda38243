import { inferSchema, isObject, sampleOf, schemaAt, type JsonSchema } from '@weft/json-schema';
import { references } from '@weft/mapping';
import { stepOf } from '../graph/step-graph.ts';
import type { FlowView, StepSample } from './flow-view.ts';
import { allReal, expressionSchema, valueOf } from './scope.ts';

/** What the list declares about its items, else what its first item looks like. */
export function makeItemSchema(view: FlowView, stepId: string): JsonSchema {
  const step = stepOf(view.flow, stepId);
  if (step?.kind !== 'forEach' || !step.items) return {};
  const list = expressionSchema(step.items, view.sources(stepId));
  const declared = isObject(list.items) ? schemaAt(list, ['0']) : undefined;
  if (declared) return declared;
  const [first] = firstItem(view, stepId);
  return first === undefined ? {} : inferSchema([first]);
}

export function makeItemSample(view: FlowView, stepId: string): StepSample {
  const step = stepOf(view.flow, stepId);
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
