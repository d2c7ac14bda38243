import { must, name } from '@weft/json-schema/read';
import type { ExpressionKind } from './expression-kind.ts';

/** A lookup table of the document, only as an argument of `lookup`. */
export type TableExpression = {
  table: string;
};

export const table: ExpressionKind<TableExpression> = {
  shape: () => ({ table: must(name) }),
};
