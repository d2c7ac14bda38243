import { checkMapping, emptyMapping, references, type MappingDocument, type MappingProblem } from '@weft/mapping';
import { isAnything, type Json, type JsonSchema } from '@weft/json-schema';
import type { FlowDocument, Step } from '../document.ts';
import type { Problem } from '../problem.ts';
import { updateStep } from '../edit/add-step.ts';
import { containersOf, stepOf } from '../graph/step-graph.ts';
import { readableOf, upstreamSet } from '../graph/upstream-of.ts';
import type { Source } from '../schemas/flow-view.ts';
import { lastResult } from '../schemas/last-result.ts';
import { allReal } from '../schemas/scope.ts';
import { forEachStep, quoted, type Check } from './check.ts';
import { sourceTitles } from './source-titles.ts';

type MappedStep = Extract<Step, { kind: 'action' | 'transform' | 'respond' | 'approval' | 'subflow' | 'forEach' }>;

const isMapped = (step: Step | undefined): step is MappedStep =>
  step?.kind === 'action' || step?.kind === 'transform' || step?.kind === 'respond' || step?.kind === 'approval' || step?.kind === 'subflow' || (step?.kind === 'forEach' && step.source !== undefined);

/** A loop over a stream maps what its source gets. */
const inputOf = (step: MappedStep): MappingDocument | undefined => (step.kind === 'forEach' ? step.source?.input : step.input);

const found = lastResult<Problem[]>();

/** What a step's mapping reads is there, and what it fills fits. */
export const mappings = forEachStep((check, stepId, step) => {
  if (!isMapped(step)) return [];
  const target = check.target(stepId);
  const madeFrom = [stepId, target, readableOf(check.flow, stepId), ...readBy(check, stepId, step), ...titlesIn(check, step)];
  return found(step, madeFrom, () => [
    ...emptyTransform(stepId, step, target),
    ...mappingProblems(check, stepId, step, target),
  ]);
});

/** What the mapping reads, as far as its problems depend on it. */
function readBy(check: Check, stepId: string, step: MappedStep): unknown[] {
  const input = inputOf(step);
  const upstream = upstreamSet(check.flow, stepId);
  const items = containersOf(check.flow, stepId).map((loop) => check.itemSource(loop));
  const outputs = input ? references(input).flatMap(([root = '']) => (upstream.has(root) ? [check.outputSource(root)] : [])) : [];
  return [...items, ...outputs].flatMap(({ id, schema, sample, real }) => [id, schema, real && sample]);
}

/** Steps are called by their titles in what is said of the mapping. */
function titlesIn({ flow }: Check, step: MappedStep): unknown[] {
  const input = inputOf(step);
  const titles = sourceTitles(flow);
  return input ? references(input).map(([root = '']) => titles[root]) : [];
}

function emptyTransform(stepId: string, step: MappedStep, target: JsonSchema | undefined): Problem[] {
  const isEmpty = step.kind === 'transform' && !step.input?.rules.length && (!target || isAnything(target));
  if (!isEmpty) return [];
  return [{ code: 'mapping.empty', severity: 'warning', stepId, path: ['input'], message: `${quoted(step.title)} gives nothing yet: map at least one field.` }];
}

function mappingProblems(check: Check, stepId: string, step: MappedStep, target: JsonSchema | undefined): Problem[] {
  // Without a known operation there is no target to check against; that it is unknown is said elsewhere.
  if ((step.kind === 'action' || step.kind === 'subflow' || step.kind === 'forEach') && !target) return [];
  const mapping = inputOf(step) ?? emptyMapping();
  const sources = check.sources(stepId);
  return checkMapping(mapping, {
    sources: Object.fromEntries(sources.map(({ id, schema }) => [id, schema])),
    target: target ?? {},
    titles: sourceTitles(check.flow),
    ...samplesFor(mapping, sources),
  }).map((problem) => toProblem(stepId, problem, step.kind === 'forEach' ? ['source'] : []));
}

/** Samples only where they really happened: what a made-up value does in a function proves nothing. */
function samplesFor(mapping: MappingDocument, sources: Source[]): { samples?: Record<string, Json> } {
  if (!allReal(references(mapping), sources)) return {};
  return { samples: Object.fromEntries(sources.flatMap(({ id, sample, real }) => (real && sample !== undefined ? [[id, sample]] : []))) };
}

function toProblem(stepId: string, { code, severity, ruleId, path, message, fixes }: MappingProblem, at: string[]): Problem {
  return {
    code,
    severity,
    stepId,
    path: [...at, 'input', ...(path ?? [])],
    ...(ruleId !== undefined && { ruleId }),
    message,
    ...(fixes && {
      fixes: fixes.map(({ title, apply }) => ({ title, apply: (flow: FlowDocument) => changeMapping(flow, stepId, apply) })),
    }),
  };
}

function changeMapping(flow: FlowDocument, stepId: string, change: (mapping: MappingDocument) => MappingDocument): FlowDocument {
  const step = stepOf(flow, stepId);
  if (!isMapped(step)) return flow;
  const input = change(inputOf(step) ?? emptyMapping());
  return step.kind === 'forEach' && step.source ? updateStep(flow, stepId, { source: { ...step.source, input } }) : updateStep(flow, stepId, { input });
}
