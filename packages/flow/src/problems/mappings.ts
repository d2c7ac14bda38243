import { checkMapping, emptyMapping, references, type MappingDocument, type MappingProblem } from '@weft/mapping';
import type { Json, JsonSchema } from '@weft/json-schema';
import type { FlowDocument, Step } from '../document.ts';
import type { Problem } from '../problem.ts';
import { containersOf, stepOf } from '../graph/step-graph.ts';
import { readableOf, upstreamSet } from '../graph/upstream-of.ts';
import type { MappingPart } from '../kinds/part.ts';
import { inputOf, isMappingPart, partsOf, withInput } from '../kinds/parts-of.ts';
import type { Source } from '../schemas/flow-view.ts';
import { lastResult } from '../schemas/last-result.ts';
import { declaredTargetOf } from '../schemas/make-target.ts';
import { schemasOf, scopeOf, sourcesReadBy } from '../schemas/scope.ts';
import { forEachStep, type Check } from './check.ts';
import { sourceTitles } from './source-titles.ts';

const found = lastResult<Problem[]>();

/** What a step's mapping reads is there, and what it fills fits. */
export const mappings = forEachStep((check, stepId, step) => {
  const part = partsOf(step).find(isMappingPart);
  // Without a known operation there is no target to check against; another check reports the operation.
  if (!part || !declaredTargetOf(step, check.catalogue)) return [];
  const target = check.target(stepId);
  const madeFrom = [
    stepId,
    target,
    readableOf(check.flow, stepId),
    ...readBy(check, stepId, part.mapping),
    ...titlesIn(check, part.mapping),
    check.flow.settings?.timezone,
  ];
  return found(step, madeFrom, () => mappingProblems(check, stepId, part, target));
});

/** What the mapping reads, as far as its problems depend on it. */
function readBy(check: Check, stepId: string, mapping: MappingDocument | undefined): unknown[] {
  const upstream = upstreamSet(check.flow, stepId);
  const items = containersOf(check.flow, stepId).map((loop) => check.itemSource(loop));
  const outputs = mapping ? references(mapping).flatMap(([root = '']) => (upstream.has(root) ? [check.outputSource(root)] : [])) : [];
  return [...items, ...outputs].flatMap(({ id, schema, sample, real }) => [id, schema, real && sample]);
}

/** Steps are called by their titles in what is said of the mapping. */
function titlesIn({ flow }: Check, mapping: MappingDocument | undefined): unknown[] {
  const titles = sourceTitles(flow);
  return mapping ? references(mapping).map(([root = '']) => titles[root]) : [];
}

function mappingProblems(check: Check, stepId: string, { path, mapping = emptyMapping() }: MappingPart, target: JsonSchema | undefined): Problem[] {
  const sources = sourcesReadBy(mapping, check.sources(stepId));
  return checkMapping(mapping, {
    sources: schemasOf(sources),
    target: target ?? {},
    titles: sourceTitles(check.flow),
    timezone: check.flow.settings?.timezone,
    ...samplesOf(sources),
  }).map((problem) => toProblem(stepId, problem, path));
}

/** Real samples only: what a made-up value does in a function proves nothing. */
const samplesOf = (sources: readonly Source[]): { samples?: Record<string, Json> } => (sources.every(({ real }) => real) ? { samples: scopeOf(sources) } : {});

function toProblem(stepId: string, { code, severity, ruleId, path, message, sentence, fixes }: MappingProblem, at: readonly string[]): Problem {
  return {
    code,
    severity,
    stepId,
    path: [...at, ...(path ?? [])],
    ruleId,
    message,
    sentence,
    fixes: fixes?.map((fix) => ({ ...fix, apply: (flow: FlowDocument) => changeMapping(flow, stepId, fix.apply) })),
  };
}

function changeMapping(flow: FlowDocument, stepId: string, change: (mapping: MappingDocument) => MappingDocument): FlowDocument {
  const step = stepOf(flow, stepId);
  if (!step) return flow;
  const changed: Step = withInput(step, change(inputOf(step) ?? emptyMapping()));
  return { ...flow, steps: { ...flow.steps, [stepId]: changed } };
}
