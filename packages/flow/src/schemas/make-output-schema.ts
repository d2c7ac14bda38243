import type { JsonSchema } from '@weft/json-schema';
import { hasErrorPort } from '../graph/ports-of.ts';
import { stepOf } from '../graph/step-graph.ts';
import { kindOf } from '../kinds/kind-of.ts';
import { withFailure } from './answer-schema.ts';
import type { FlowView } from './flow-view.ts';
import { lastResult } from './last-result.ts';

const outputOrFailure = lastResult<JsonSchema>();

export function makeOutputSchema(view: FlowView, stepId: string): JsonSchema {
  const step = stepOf(view.flow, stepId);
  if (!step) return {};
  const output = kindOf(step).output?.(step, view, stepId) ?? {};
  return hasErrorPort(step) ? outputOrFailure(output, [], () => withFailure(output)) : output;
}
