import { must, name } from '@weft/json-schema/read';
import type { ExpressionKind } from './expression-kind.ts';

/** The zero-based position of the current item of the loop with this name. */
export type PositionExpression = {
  index: string;
};

export const position: ExpressionKind<PositionExpression> = {
  shape: () => ({ index: must(name) }),
  rename: (expression, renaming) => ({ index: renaming.loop(expression.index) }),
};
