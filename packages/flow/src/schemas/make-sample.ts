import { sampleOf, type Json, type JsonObject } from '@weft/json-schema';
import { compileMapping, references, type MappingDocument } from '@weft/mapping';
import type { ForEachStep, Step } from '../document.ts';
import { assertNever } from '../graph/ports-of.ts';
import { stepOf } from '../graph/step-graph.ts';
import type { FlowView, StepSample } from './flow-view.ts';
import { lastResult } from './last-result.ts';
import { allReal, sampleContext, scopeOf, valueOf } from './scope.ts';

/** The pinned sample, else the first, else what the step computes from others' samples, else a synthetic one. */
export function makeSample(view: FlowView, stepId: string): StepSample {
  const step = stepOf(view.flow, stepId);
  if (!step) return { value: undefined, real: false };
  return kept(step) ?? computed(view, stepId, step);
}

function kept({ samples, pinned }: Step): StepSample | undefined {
  const sample = samples?.[pinned ?? 0] ?? samples?.[0];
  return sample && { value: sample.output, real: true };
}

function computed(view: FlowView, stepId: string, step: Step): StepSample {
  switch (step.kind) {
    case 'trigger':
    case 'action': {
      const example = view.catalogue.operation(step.use)?.samples.find(({ output }) => output !== undefined)?.output;
      return example !== undefined && !step.schemas?.output ? { value: example, real: false } : synthetic(view, stepId);
    }
    case 'transform':
    case 'respond':
      return mapped(view, stepId, step.input) ?? synthetic(view, stepId);
    case 'filter':
      return { value: { passed: true }, real: true };
    case 'branch':
      return { value: { case: step.cases[0]?.id ?? 'else' }, real: true };
    case 'forEach':
      return loop(view, stepId, step);
    case 'wait':
    case 'approval':
    case 'subflow':
      return synthetic(view, stepId);
    case 'stop':
      return { value: undefined, real: false };
    default:
      return assertNever(step);
  }
}

const madeUp = lastResult<Json>();

function synthetic(view: FlowView, stepId: string): StepSample {
  const schema = view.outputSchema(stepId);
  return { value: madeUp(schema, [], () => (Object.keys(schema).length > 0 ? sampleOf(schema) : {})), real: false };
}

function mapped(view: FlowView, stepId: string, mapping: MappingDocument | undefined): StepSample | undefined {
  if (!mapping || mapping.rules.length === 0) return undefined;
  const sources = view.sources(stepId);
  try {
    const { output, errors } = compileMapping(mapping).run(scopeOf(sources), sampleContext);
    return errors.length > 0 ? undefined : { value: output, real: allReal(references(mapping), sources) };
  } catch {
    // An unfinished mapping has no sample yet; why is `checkMapping`'s to say, at the place where it is edited.
    return undefined;
  }
}

function loop(view: FlowView, stepId: string, { collect, source }: ForEachStep): StepSample {
  const sources = collect ? view.collectSources(stepId) : [];
  const collected = collect && valueOf(collect, sources);
  const items: Json[] = collected === undefined ? [] : [collected];
  const value: JsonObject = source
    ? { read: 1, succeeded: 1, failed: 0, skipped: 0, seconds: 1, ...(collect && { items }) }
    : { items, succeeded: 1, failed: 0, skipped: 0, errors: [] };
  return { value, real: collect ? allReal(references(collect), sources) : true };
}
