import { stepOf } from '../graph/step-graph.ts';
import { collectableOf, readableOf, type Readable } from '../graph/upstream-of.ts';
import type { FlowView, Source, StepSample } from './flow-view.ts';

export const makeSources = (view: FlowView, stepId: string): Source[] => sourcesFrom(view, readableOf(view.flow, stepId));

export const makeCollectSources = (view: FlowView, stepId: string): Source[] => sourcesFrom(view, collectableOf(view.flow, stepId));

const sourcesFrom = (view: FlowView, readable: readonly Readable[]): Source[] =>
  readable.map(({ stepId, what }) => (what === 'item' ? view.itemSource(stepId) : view.outputSource(stepId)));

export function makeOutputSource(view: FlowView, stepId: string): Source {
  const { title = '' } = stepOf(view.flow, stepId) ?? {};
  return { id: stepId, title, kind: 'step', stepId, schema: view.outputSchema(stepId), ...sampleKeys(view.sample(stepId)) };
}

export function makeItemSource(view: FlowView, stepId: string): Source {
  const step = stepOf(view.flow, stepId);
  const id = step?.kind === 'forEach' ? step.as : stepId;
  return { id, title: step?.title ?? '', kind: 'loop', stepId, schema: view.itemSchema(stepId), ...sampleKeys(view.itemSample(stepId)) };
}

const sampleKeys = ({ value, real }: StepSample) => (value === undefined ? { real } : { sample: value, real });
