import { sampleOf, type Json } from '@weft/json-schema';
import type { Step } from '../document.ts';
import { stepOf } from '../graph/step-graph.ts';
import { kindOf } from '../kinds/kind-of.ts';
import type { FlowView, StepSample } from './flow-view.ts';
import { lastResult } from './last-result.ts';

/** The pinned sample, else the first, else what the step computes from others' samples, else a synthetic one. */
export function makeSample(view: FlowView, stepId: string): StepSample {
  const step = stepOf(view.flow, stepId);
  if (!step) return { value: undefined, real: false };
  const kind = kindOf(step);
  return kept(step) ?? kind.sample?.(step, view, stepId) ?? (kind.output ? synthetic(view, stepId) : { value: undefined, real: false });
}

function kept({ samples, pinned }: Step): StepSample | undefined {
  const sample = samples?.[pinned ?? 0] ?? samples?.[0];
  return sample && { value: sample.output, real: true };
}

const madeUp = lastResult<Json>();

function synthetic(view: FlowView, stepId: string): StepSample {
  const schema = view.outputSchema(stepId);
  return { value: madeUp(schema, [], () => (Object.keys(schema).length > 0 ? sampleOf(schema) : {})), real: false };
}
