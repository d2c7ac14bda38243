import { expressionWords, type Expression } from '@weft/mapping';
import { sentenceOf } from '../../locales/sentence-of.ts';
import type { ExpressionScope } from './expression-scope.ts';

/** An expression in one line of words, for titles and screen readers. */
export function describeExpression(expression: Expression, { sources }: Pick<ExpressionScope, 'sources'>): string {
  const words = expressionWords(expression, Object.fromEntries(sources.map(({ id, title }) => [id, title])));
  return typeof words === 'string' ? words : sentenceOf(words);
}
