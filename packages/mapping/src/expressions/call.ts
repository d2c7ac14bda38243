import { list, must, name } from '@weft/json-schema/read';
import type { Expression } from '../expressions.ts';
import type { ExpressionKind } from './expression-kind.ts';

/** What a function gives for its arguments. */
export type CallExpression = {
  fn: string;
  args: Expression[];
};

export const call: ExpressionKind<CallExpression> = {
  shape: (inner) => ({ fn: must(name), args: must(list(inner, 100)) }),
  mapParts: (expression, change) => ({ ...expression, args: expression.args.map((arg) => change(arg)) }),
};
