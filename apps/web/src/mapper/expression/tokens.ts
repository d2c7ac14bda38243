import type { Expression } from '@weft/mapping';

/** A piece of a text with fields in it. Texts and expressions alternate, a text at both ends, so typing has a place everywhere. */
export type Token = { text: string } | { expression: Expression };

/** The pieces of an expression; anything but a fixed text or a concat is one chip. */
export function toTokens(expression: Expression): Token[] {
  const parts = 'fn' in expression && expression.fn === 'concat' ? expression.args : [expression];
  return normalised(
    parts
      .filter((part) => !('path' in part && part.path.length === 0))
      .map((part): Token => ('const' in part && typeof part.const === 'string' ? { text: part.const } : { expression: part })),
  );
}

/** The expression that the pieces stand for, as plain as possible: a text, one field, or a concat. */
export function fromTokens(tokens: readonly Token[]): Expression {
  const parts = normalised(tokens)
    .filter((token) => !('text' in token && token.text === ''))
    .map((token): Expression => ('text' in token ? { const: token.text } : token.expression));
  const [only] = parts;
  if (parts.length === 0) return { const: '' };
  return parts.length === 1 && only ? only : { fn: 'concat', args: parts };
}

/** The same, kept as a text with fields: where one is being written it stays one, whatever is in it for the moment. */
export const asWritten = (expression: Expression): Expression => ('fn' in expression && expression.fn === 'concat' ? expression : { fn: 'concat', args: [expression] });

/** A place inside one of the texts. */
export interface Caret {
  token: number;
  offset: number;
}

/** The pieces with a field put in; without a place, or where the place is gone, at the end. */
export function insertAt(tokens: readonly Token[], expression: Expression, caret: Caret | undefined): Token[] {
  const at = caret && tokens[caret.token];
  if (!caret || !at || !('text' in at)) return [...tokens, { expression }];
  const { text } = at;
  return [...tokens.slice(0, caret.token), { text: text.slice(0, caret.offset) }, { expression }, { text: text.slice(caret.offset) }, ...tokens.slice(caret.token + 1)];
}

/** Where one goes on typing after `insertAt`: right behind the field. */
export const behindInserted = (tokens: readonly Token[], caret: Caret | undefined): Caret => {
  const at = caret && tokens[caret.token];
  return caret && at && 'text' in at ? { token: caret.token + 2, offset: 0 } : { token: tokens.length + 1, offset: 0 };
};

/** Where one goes on typing after a chip is taken away: where the texts around it have become one. */
export function behindRemoved(tokens: readonly Token[], chip: number): Caret {
  const before = tokens[chip - 1];
  return { token: chip - 1, offset: before && 'text' in before ? before.text.length : 0 };
}

/** Whether an expression reads as text with fields. */
export const isTokenText = (expression: Expression): boolean =>
  'path' in expression ||
  ('const' in expression && typeof expression.const === 'string') ||
  ('fn' in expression && expression.fn === 'concat' && expression.args.every((part) => 'path' in part || ('const' in part && typeof part.const === 'string')));

function normalised(tokens: readonly Token[]): Token[] {
  const result: Token[] = [{ text: '' }];
  for (const token of tokens) {
    const last = result.at(-1);
    if ('text' in token && last && 'text' in last) result[result.length - 1] = { text: last.text + token.text };
    else if ('text' in token) result.push(token);
    else result.push(token, { text: '' });
  }
  return result;
}
