import type { Said } from '@weft/sentences';
import type { SourceTitles } from './describe-path.ts';
import { kindOfExpression, type Expression } from './expressions.ts';
import type { Described } from './expressions/expression-kind.ts';

export type { SourceTitles } from './describe-path.ts';

const maxLength = 120;

/**
 * An expression as people read it on a chip: `order › total > 100`. For display only; at most 120 characters.
 * @param titles - what to call the sources; one without a title goes by its id.
 */
export const describeExpression = (expression: Expression, titles: SourceTitles = {}): string => textOf(expressionWords(expression, titles));

/** The same, to stand in a place of a sentence. */
export function expressionWords(expression: Expression, titles: SourceTitles): string | Said {
  const { words } = describe(expression, titles);
  const text = textOf(words);
  return text.length > maxLength ? `${text.slice(0, maxLength - 1)}…` : words;
}

function describe(expression: Expression, titles: SourceTitles): Described {
  return kindOfExpression(expression)?.describe(expression, titles, (part) => describe(part, titles)) ?? { words: '…' };
}

const textOf = (words: string | Said): string => (typeof words === 'string' ? words : words.message);
