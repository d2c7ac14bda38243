import { isObject } from '@weft/json-schema';
import { call, type CallExpression } from './expressions/call.ts';
import { choice, type ChoiceExpression } from './expressions/choice.ts';
import { constant, type ConstantExpression } from './expressions/constant.ts';
import type { ExpressionKind } from './expressions/expression-kind.ts';
import { path, type PathExpression } from './expressions/path.ts';
import { position, type PositionExpression } from './expressions/position.ts';
import { table, type TableExpression } from './expressions/table.ts';

/** Every kind of expression, by its key. */
interface Expressions {
  path: PathExpression;
  const: ConstantExpression;
  fn: CallExpression;
  if: ChoiceExpression;
  index: PositionExpression;
  table: TableExpression;
}

/** An expression gives one value. */
export type Expression = Expressions[keyof Expressions];

/** What is known of each kind. Readers, walks, the compiler and the checks go by this table and by nothing else. */
export const expressionKinds: { [Key in keyof Expressions]: ExpressionKind<Expressions[Key]> } = {
  path,
  const: constant,
  fn: call,
  if: choice,
  index: position,
  table,
};

/** The kind of an expression; undefined for what is none, as in a document that is being edited. */
export function kindOfExpression(expression: unknown): ExpressionKind<Expression> | undefined {
  if (!isObject(expression)) return undefined;
  for (const [key, kind] of Object.entries(expressionKinds)) {
    // The kind under an expression's own key is the kind of that expression.
    if (Object.hasOwn(expression, key)) return kind as ExpressionKind<Expression>;
  }
  return undefined;
}
