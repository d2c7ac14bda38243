import { defined } from '@weft/json-schema';
import { may, must } from '@weft/json-schema/read';
import type { Expression } from '../expressions.ts';
import { isTrue } from '../functions/is-true.ts';
import { anyOf } from '../functions/result-schema.ts';
import { say } from '../sentences.en.ts';
import { bracketed } from './bracketed.ts';
import type { ExpressionKind } from './expression-kind.ts';
import { conditionFindings } from './finding.ts';

/** One of two values, by a condition; without `else` the other one is missing. */
export type ChoiceExpression = {
  if: Expression;
  then: Expression;
  else?: Expression;
};

export const choice: ExpressionKind<ChoiceExpression> = {
  shape: (inner) => ({ if: must(inner), then: must(inner), else: may(inner) }),
  mapParts: (expression, change) => defined({
    if: change(expression.if),
    then: change(expression.then),
    else: expression.else && change(expression.else),
  }),
  compile(expression, _environment, inner) {
    const condition = inner(expression.if);
    const then = inner(expression.then);
    const otherwise = expression.else === undefined ? () => undefined : inner(expression.else);
    return (run) => (isTrue(condition(run)) ? then(run) : otherwise(run));
  },
  typeOf({ then, else: otherwise }, _names, inner) {
    const branches = [inner(then), ...(otherwise ? [inner(otherwise)] : [])];
    return {
      schema: anyOf(branches.map(({ schema }) => schema)),
      mayBeMissing: !otherwise || branches.some(({ mayBeMissing }) => mayBeMissing),
      mayBeNull: branches.some(({ mayBeNull }) => mayBeNull),
    };
  },
  findings(expression, _around, { findings, typeOf }) {
    const parts = [expression.if, expression.then, ...(expression.else ? [expression.else] : [])];
    return [...parts.flatMap(findings), ...conditionFindings(typeOf(expression.if))];
  },
  describe(expression, _titles, inner) {
    const said = { condition: bracketed(inner(expression.if)), then: bracketed(inner(expression.then)) };
    const words = expression.else ? say('mapping.said.choiceElse', { ...said, else: bracketed(inner(expression.else)) }) : say('mapping.said.choice', said);
    return { words, isLoose: true };
  },
};
