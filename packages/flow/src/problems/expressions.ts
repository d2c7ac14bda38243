import type { JsonSchema } from '@weft/json-schema';
import { checkExpression, type Expression } from '@weft/mapping';
import type { Problem } from '../problem.ts';
import type { Source } from '../schemas/flow-view.ts';

/** Problems of one expression of a step, at its place in the step. */
export function expressionProblems(at: { stepId: string; path: string[] }, expression: Expression, sources: readonly Source[], expect?: JsonSchema): Problem[] {
  const schemas = Object.fromEntries(sources.map(({ id, schema }) => [id, schema]));
  return checkExpression(expression, { sources: schemas, ...(expect && { expect }) }).map(({ code, severity, message }) => ({
    code,
    severity,
    stepId: at.stepId,
    path: at.path,
    message,
  }));
}
