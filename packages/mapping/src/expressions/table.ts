import { isObject } from '@weft/json-schema';
import { must, name } from '@weft/json-schema/read';
import type { Expression } from '../expressions.ts';
import { say } from '../sentences.en.ts';
import { nothingKnown, type ExpressionKind } from './expression-kind.ts';

/** A lookup table of the document, only as an argument of `lookup`. */
export type TableExpression = {
  table: string;
};

export const table: ExpressionKind<TableExpression> = {
  shape: () => ({ table: must(name) }),
  isBlank: (expression) => expression.table === '',
  compile(expression, environment) {
    const entries = environment.table(expression.table);
    return () => entries;
  },
  typeOf: () => nothingKnown,
  findings({ table: asked }, { tables }) {
    if (!tables || tables.has(asked)) return [];
    return [{ code: 'mapping.input', ...say('mapping.expression.table', { name: asked }) }];
  },
  describe: (expression) => ({ words: expression.table }),
};

export const isTable = (expression: Expression): expression is TableExpression => isObject(expression) && 'table' in expression;
