import { isObject } from '@weft/json-schema';
import { call, type CallExpression } from './expressions/call.ts';
import { choice, type ChoiceExpression } from './expressions/choice.ts';
import { constant, type ConstantExpression } from './expressions/constant.ts';
import type { ExpressionKind } from './expressions/expression-kind.ts';
import { path, type PathExpression } from './expressions/path.ts';
import { position, type PositionExpression } from './expressions/position.ts';
import { table, type TableExpression } from './expressions/table.ts';

/** Every kind of expression, by its key. */
export interface Expressions {
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
  return ofKind<ExpressionKind<Expression>>(expressionKinds, expression);
}

/**
 * What a table by kinds has for an expression.
 * @param table - has something for each kind that speaks of expressions of that kind only; `Entry` says it of any.
 * @returns undefined for what is no expression.
 */
export function ofKind<Entry>(table: { readonly [Key in keyof Expressions]: unknown }, expression: unknown): Entry | undefined {
  if (!isObject(expression)) return undefined;
  for (const [key, entry] of Object.entries(table)) {
    // What stands under an expression's own key is for expressions of that kind.
    if (Object.hasOwn(expression, key)) return entry as Entry;
  }
  return undefined;
}
