import { kindOfExpression, type Expression } from '../expressions.ts';
import { nothingKnown, type ExpressionType, type Names } from '../expressions/expression-kind.ts';

export type { ExpressionType, Names } from '../expressions/expression-kind.ts';

/** The type of an expression; unknown for a broken one. */
export function expressionType(expression: Expression, names: Names): ExpressionType {
  return kindOfExpression(expression)?.typeOf(expression, names, (part) => expressionType(part, names)) ?? nothingKnown;
}
