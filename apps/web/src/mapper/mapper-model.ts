import type { Json, JsonSchema } from '@weft/json-schema';
import {
  checkMapping, compileExpression, emptyMapping, MappingDocumentError, MappingFault, previewMapping, references, type MappingDocument,
  type MappingProblem, type RulePreview,
} from '@weft/mapping';
import { inputOf, namesOf, sampleScope, sourceTitles, sourcesOf, targetOf, type Catalogue, type FlowDocument, type Source as FlowSource } from '@weft/flow';
import { previewContext, previewContextIn } from './expression/expression-scope.ts';
import { each, placeKey, placedRules, type LoopScope, type Place } from './rules/places.ts';

/** All that the mapper shows of one step, read from the flow. */
export interface MapperModel {
  document: MappingDocument;
  target: JsonSchema;
  sources: readonly FlowSource[];
  /** What steps are called, by their ids. */
  titles: Readonly<Record<string, string>>;
  /** Sample values by source id: the chosen samples, else the flow's own choice. */
  values: Record<string, Json>;
  /** Source ids and loop names that new loops must not take. */
  names: ReadonlySet<string>;
  /** The flow's. */
  timezone: string | undefined;
}

/** @param chosen - by step id, which of its samples is looked at. */
export function modelOf(flow: FlowDocument, stepId: string, catalogue: Catalogue, chosen: Readonly<Record<string, number>> = {}): MapperModel {
  const step = flow.steps[stepId];
  return {
    document: (step && inputOf(step)) ?? emptyMapping(),
    target: targetOf(flow, stepId, catalogue) ?? {},
    sources: nearestFirst(sourcesOf(flow, stepId, catalogue)),
    titles: sourceTitles(flow),
    values: sampleValues(flow, stepId, catalogue, chosen),
    names: new Set([...Object.keys(flow.steps), ...Object.values(flow.steps).flatMap(namesOf)]),
    timezone: flow.settings?.timezone,
  };
}

function sampleValues(flow: FlowDocument, stepId: string, catalogue: Catalogue, chosen: Readonly<Record<string, number>>): Record<string, Json> {
  const values = { ...sampleScope(flow, stepId, catalogue) };
  for (const [id, index] of Object.entries(chosen)) {
    const sample = flow.steps[id]?.samples?.[index];
    if (sample && id in values) values[id] = sample.output;
  }
  return values;
}

/** What one most often reaches for comes first: the item of the innermost loop, then the step before. */
function nearestFirst(sources: readonly FlowSource[]): FlowSource[] {
  const reversed = sources.toReversed();
  return [...reversed.filter(({ kind }) => kind === 'loop'), ...reversed.filter(({ kind }) => kind === 'step')];
}

export interface MapperFindings {
  output: Json | undefined;
  /** By rule id. */
  rules: Readonly<Record<string, RulePreview>>;
  problems: readonly MappingProblem[];
}

/** The preview and the checks, on the sample that is looked at. The same code runs on the server. */
export function findingsOf(model: MapperModel): MapperFindings {
  const preview = previewMapping(model.document, model.values, previewContextIn(model.timezone), model.target);
  const problems = checkMapping(model.document, {
    sources: Object.fromEntries(model.sources.map((source) => [source.id, source.schema])),
    target: model.target,
    titles: model.titles,
    timezone: model.timezone,
    ...(isReal(model) && { samples: model.values }),
  });
  return { output: preview.output, rules: preview.rules, problems };
}

/** What a made-up value does in a function proves nothing: values are judged only where they really happened. */
function isReal({ document, sources }: MapperModel): boolean {
  return references(document).every(([root]) => sources.find(({ id }) => id === root)?.real ?? true);
}

/** Problems by the place they are shown at; problems without a place are under the root's key. */
export function problemsByPlace(document: MappingDocument, problems: readonly MappingProblem[]): Map<string, MappingProblem[]> {
  const places = new Map(placedRules(document).map(({ rule, place }) => [rule.id, place]));
  const byPlace = new Map<string, MappingProblem[]>();
  for (const problem of problems) {
    const own = problem.ruleId === undefined ? undefined : places.get(problem.ruleId);
    const key = placeKey(own ?? (problem.path ?? []).map((segment) => (/^\d+$/.test(segment) ? each : segment)));
    byPlace.set(key, [...(byPlace.get(key) ?? []), problem]);
  }
  return byPlace;
}

/**
 * The sample values that an expression at a place sees: those of the sources, and the shown item of each loop around it.
 * @param itemAt - which item of a loop is shown, by the loop's rule.
 */
export function valuesInside(values: Record<string, Json>, loops: readonly LoopScope[], itemAt: (ruleId: string) => number): Record<string, Json> {
  const inside = { ...values };
  for (const { ruleId, loop } of loops) {
    const list = loopItems(loop.in, inside);
    const item = list[itemAt(ruleId)] ?? list[0];
    if (item === undefined) delete inside[loop.as];
    else inside[loop.as] = item;
  }
  return inside;
}

/** The items a loop walks through on the sample; none where it cannot be worked out, which the checks explain. */
export function loopItems(list: LoopScope['loop']['in'], values: Record<string, Json>): Json[] {
  try {
    const value = compileExpression(list)(values, previewContext);
    return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
  } catch (error) {
    if (error instanceof MappingFault || error instanceof MappingDocumentError) return [];
    throw error;
  }
}

/** The value a rule gave for the items that are shown of the loops around it; nothing where it gave none for them. */
export function shownValue(
  found: Pick<RulePreview, 'values' | 'at'> | undefined,
  loops: readonly LoopScope[],
  itemAt: (ruleId: string) => number,
): Json | undefined {
  if (!found) return undefined;
  const shown = loops.map(({ ruleId }) => itemAt(ruleId));
  return found.values[found.at.findIndex((positions) => shown.every((position, depth) => positions[depth] === position))];
}

/** The place's own name for titles: `lines › sku`. */
export const placeText = (place: Place): string => place.filter((segment) => segment !== each).join(' › ');
