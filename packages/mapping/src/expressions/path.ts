import { list, must, text } from '@weft/json-schema/read';
import type { ExpressionKind } from './expression-kind.ts';

/** A value of a step or of a loop's item: the first segment is the step's id or the loop's name. */
export type PathExpression = {
  path: string[];
};

export const readPath = list(text(1_000), 64);

export const path: ExpressionKind<PathExpression> = {
  shape: () => ({ path: must(readPath) }),
  reads: (expression) => expression.path,
  rename: (expression, renaming) => ({ path: renaming.path(expression.path) }),
};
