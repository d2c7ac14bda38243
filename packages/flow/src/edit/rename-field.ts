import { type FieldName, renameSource, renameSourceIn, renameTarget } from '@weft/mapping';
import type { FlowDocument, Step } from '../document.ts';
import { stepOf } from '../graph/step-graph.ts';
import { inputOf, isExpressionPart, isMappingPart, partsOf, withAt, withInput } from '../kinds/parts-of.ts';

/**
 * A field of what a step's mapping fills has another name: the lines that fill it go along, and where the step gives what its mapping makes,
 * so does whatever reads it there.
 */
export function renameField(flow: FlowDocument, stepId: string, field: FieldName): FlowDocument {
  const step = stepOf(flow, stepId);
  const mapping = step && inputOf(step);
  if (!step || !mapping) return flow;
  const changed = withInput(step, renameTarget(mapping, field));
  const steps: FlowDocument['steps'] = { ...flow.steps, [stepId]: changed };
  if (step.kind !== 'transform') return { ...flow, steps };
  const given: FieldName = { ...field, path: [stepId, ...field.path] };
  return { ...flow, steps: Object.fromEntries(Object.entries(steps).map(([id, one]) => [id, readingField(one, given)])) };
}

function readingField(step: Step, field: FieldName): Step {
  return partsOf(step).reduce((changed, part) => {
    if (isMappingPart(part)) return part.mapping ? withAt(changed, part.path, renameSource(part.mapping, field)) : changed;
    return isExpressionPart(part) && part.expression ? withAt(changed, part.path, renameSourceIn(part.expression, field)) : changed;
  }, step);
}
