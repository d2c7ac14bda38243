import { isWalkable } from '@weft/json-schema';
import type { FlowDocument, Step } from '../document.ts';

/**
 * The flow without descriptions that nobody can walk through: a few kilobytes may stand for a thousand million parts. What they describe
 * is anything, and a problem says so.
 */
export function walkableFlow(flow: FlowDocument): FlowDocument {
  const ids = unwalkableSteps(flow);
  if (ids.length === 0) return flow;
  const steps = { ...flow.steps };
  for (const stepId of ids) steps[stepId] = { ...steps[stepId]!, schemas: {} };
  return { ...flow, steps };
}

/** Ids of the steps that have such a description. */
export const unwalkableSteps = ({ steps }: FlowDocument): string[] => Object.keys(steps).filter((stepId) => isUnwalkable(steps[stepId]!));

const known = new WeakMap<Step, boolean>();

function isUnwalkable(step: Step): boolean {
  if (!step.schemas) return false;
  let found = known.get(step);
  if (found === undefined) known.set(step, (found = [step.schemas.input, step.schemas.output].some((schema) => schema !== undefined && !isWalkable(schema))));
  return found;
}
