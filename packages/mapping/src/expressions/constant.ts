import type { Json } from '@weft/json-schema';
import { json, must } from '@weft/json-schema/read';
import type { ExpressionKind } from './expression-kind.ts';

/** The one place for literal data, so a string is never mistaken for a reference. */
export type ConstantExpression = {
  const: Json;
};

export const constant: ExpressionKind<ConstantExpression> = {
  shape: () => ({ const: must(json) }),
};
