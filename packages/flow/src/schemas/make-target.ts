import { mergeWanted, type JsonSchema } from '@weft/json-schema';
import type { Catalogue } from '../catalogue.ts';
import type { Step } from '../document.ts';
import { stepOf } from '../graph/step-graph.ts';
import { kindOf } from '../kinds/kind-of.ts';
import { anything } from '../kinds/kind.ts';
import type { FlowView } from './flow-view.ts';
import { lastResult } from './last-result.ts';

const targets = lastResult<JsonSchema | undefined>();

/** What a step's mapping fills as it is declared, before the step describes its open parts: wholly open where the step alone says what is filled. */
export const declaredTargetOf = (step: Step, catalogue: Catalogue): JsonSchema | undefined => kindOf(step).target?.(step, catalogue);

export function makeTarget(view: FlowView, stepId: string): JsonSchema | undefined {
  const step = stepOf(view.flow, stepId);
  return step && targetOfStep(step, view.catalogue);
}

/** What a step's mapping fills, with the open parts as the step describes them; undefined where nothing is known. */
export function targetOfStep(step: Step, catalogue: Catalogue): JsonSchema | undefined {
  const declared = declaredTargetOf(step, catalogue);
  if (!declared) return undefined;
  const described = step.schemas?.input;
  return declared === anything ? described : targets(described ?? declared, [declared], () => mergeWanted(declared, described));
}
