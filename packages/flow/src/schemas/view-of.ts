import type { Json, JsonSchema } from '@weft/json-schema';
import type { Catalogue } from '../catalogue.ts';
import type { FlowDocument } from '../document.ts';
import type { FlowView, Source, StepSample } from './flow-view.ts';
import { perFlow } from './last-result.ts';
import { makeItemSample, makeItemSchema } from './make-item.ts';
import { makeOutputSchema } from './make-output-schema.ts';
import { makeSample } from './make-sample.ts';
import { makeCollectSources, makeItemSource, makeOutputSource, makeSources } from './make-sources.ts';
import { makeTarget } from './make-target.ts';
import { scopeOf } from './scope.ts';
import { walkableFlow } from './walkable-flow.ts';

/** All that a step may read, in the order of the flow: steps before it, and the items of loops around it. */
export const sourcesOf = (flow: FlowDocument, stepId: string, catalogue: Catalogue): Source[] =>
  viewOf(flow, catalogue).sources(stepId);

/** What a loop's `collect` may read: the steps inside it, its item, and all that the loop itself may read. */
export const collectSourcesOf = (flow: FlowDocument, stepId: string, catalogue: Catalogue): Source[] =>
  viewOf(flow, catalogue).collectSources(stepId);

/**
 * What a step's mapping fills: what the operation declares, its open parts described by the step; the answer of a
 * respond step; whatever a transform says it gives. Undefined for steps without a mapping, and while nothing is known.
 */
export const targetOf = (flow: FlowDocument, stepId: string, catalogue: Catalogue): JsonSchema | undefined =>
  viewOf(flow, catalogue).target(stepId);

/** What a step gives to those after it; `{}` where nothing is known. */
export const outputSchemaOf = (flow: FlowDocument, stepId: string, catalogue: Catalogue): JsonSchema =>
  viewOf(flow, catalogue).outputSchema(stepId);

/**
 * What a step would see on samples. Every step gives its pinned sample, else its first, else what it computes from
 * others' samples, else a synthetic one.
 */
export const sampleScope = (flow: FlowDocument, stepId: string, catalogue: Catalogue): Record<string, Json> =>
  scopeOf(viewOf(flow, catalogue).sources(stepId));

const views = perFlow<{ view?: FlowView }>(() => ({}));

/** A document never changes in place, so what was found out about it holds as long as it does. */
export function viewOf(flow: FlowDocument, catalogue: Catalogue): FlowView {
  const kept = views(flow, catalogue);
  return (kept.view ??= makeView(walkableFlow(flow), catalogue));
}

const noSample: StepSample = { value: undefined, real: false };
const noSource: Omit<Source, 'id' | 'stepId'> = { title: '', kind: 'step', schema: {}, real: false };

function makeView(flow: FlowDocument, catalogue: Catalogue): FlowView {
  const view: FlowView = {
    flow,
    catalogue,
    outputSchema: once<JsonSchema>((stepId) => makeOutputSchema(view, stepId), () => ({})),
    target: once<JsonSchema | undefined>((stepId) => makeTarget(view, stepId), () => undefined),
    sample: once<StepSample>((stepId) => makeSample(view, stepId), () => noSample),
    itemSchema: once<JsonSchema>((stepId) => makeItemSchema(view, stepId), () => ({})),
    itemSample: once<StepSample>((stepId) => makeItemSample(view, stepId), () => noSample),
    outputSource: once<Source>((stepId) => makeOutputSource(view, stepId), (stepId) => ({ ...noSource, id: stepId, stepId })),
    itemSource: once<Source>((stepId) => makeItemSource(view, stepId), (stepId) => ({ ...noSource, id: stepId, stepId })),
    sources: once<Source[]>((stepId) => makeSources(view, stepId), () => []),
    collectSources: once<Source[]>((stepId) => makeCollectSources(view, stepId), () => []),
  };
  return view;
}

/** Makes each answer once. A step on a cycle asks for itself while its answer is being made: it gets the answer that holds `meanwhile`. */
function once<T>(make: (stepId: string) => T, meanwhile: (stepId: string) => T): (stepId: string) => T {
  const made = new Map<string, T>();
  return (stepId) => {
    // T may be undefined, so `has` tells.
    if (made.has(stepId)) return made.get(stepId) as T;
    made.set(stepId, meanwhile(stepId));
    const value = make(stepId);
    made.set(stepId, value);
    return value;
  };
}
