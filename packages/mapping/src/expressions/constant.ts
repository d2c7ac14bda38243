import { inferSchema, type Json } from '@weft/json-schema';
import { json, must } from '@weft/json-schema/read';
import type { Said } from '@weft/sentences';
import type { Expression } from '../expressions.ts';
import { say } from '../sentences.en.ts';
import { nothingKnown, type ExpressionKind } from './expression-kind.ts';

/** The one place for literal data, so a string is never mistaken for a reference. */
export type ConstantExpression = {
  const: Json;
};

export const constant: ExpressionKind<ConstantExpression> = {
  shape: () => ({ const: must(json) }),
  compile({ const: given }) {
    // Results share it, so it must not be changed.
    const value = frozen(structuredClone(given));
    return () => value;
  },
  typeOf({ const: value }) {
    if (value === null) return { ...nothingKnown, mayBeNull: true };
    const isListed = typeof value !== 'object';
    return { ...nothingKnown, schema: isListed ? { ...inferSchema([value]), const: value } : inferSchema([value]) };
  },
  findings: () => [],
  describe: ({ const: value }) => ({ words: describe(value) }),
};

export const isConstant = (expression: Expression): expression is ConstantExpression => 'const' in expression;

function frozen<T extends Json>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(frozen);
    Object.freeze(value);
  }
  return value;
}

function describe(value: Json): string | Said {
  if (typeof value === 'string') return value === '' ? say('mapping.said.emptyText') : say('mapping.quoted', { text: value });
  if (value === null) return say('mapping.said.null');
  if (typeof value === 'boolean') return say(value ? 'mapping.said.true' : 'mapping.said.false');
  return JSON.stringify(value);
}
