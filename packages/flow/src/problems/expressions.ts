import type { JsonSchema } from '@weft/json-schema';
import { checkExpression, type Expression } from '@weft/mapping';
import type { Problem } from '../problem.ts';
import type { Source } from '../schemas/flow-view.ts';
import type { Check } from './check.ts';
import { sourceTitles } from './source-titles.ts';

export interface ExpressionAt {
  stepId: string;
  path: string[];
  expression: Expression;
  /** What it may read; without them what the step may read. */
  sources?: readonly Source[];
  expect?: JsonSchema;
}

/** Problems of one expression of a step, at its place in the step. */
export function expressionProblems(check: Check, { stepId, path, expression, sources = check.sources(stepId), expect }: ExpressionAt): Problem[] {
  const schemas = Object.fromEntries(sources.map(({ id, schema }) => [id, schema]));
  return checkExpression(expression, { sources: schemas, titles: sourceTitles(check.flow), ...(expect && { expect }) }).map(({ code, severity, message }) => ({
    code,
    severity,
    stepId,
    path,
    message,
  }));
}
