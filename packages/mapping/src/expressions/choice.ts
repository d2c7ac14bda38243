import { may, must } from '@weft/json-schema/read';
import type { Expression } from '../expressions.ts';
import type { ExpressionKind } from './expression-kind.ts';

/** One of two values, by a condition; without `else` the other one is missing. */
export type ChoiceExpression = {
  if: Expression;
  then: Expression;
  else?: Expression;
};

export const choice: ExpressionKind<ChoiceExpression> = {
  shape: (inner) => ({ if: must(inner), then: must(inner), else: may(inner) }),
  mapParts: (expression, change) => ({
    if: change(expression.if),
    then: change(expression.then),
    ...(expression.else && { else: change(expression.else) }),
  }),
};
