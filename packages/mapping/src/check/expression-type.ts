import { kindOfExpression, type Expression } from '../expressions.ts';
import { nothingKnown, type ExpressionType, type Names } from '../expressions/expression-kind.ts';

export type { ExpressionType, Names } from '../expressions/expression-kind.ts';

/** The type of an expression; nothing is known of one that is wrong in itself. */
export function expressionType(expression: Expression, names: Names): ExpressionType {
  return kindOfExpression(expression)?.typeOf(expression, names, (part) => expressionType(part, names)) ?? nothingKnown;
}
