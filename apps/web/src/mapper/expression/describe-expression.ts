import type { Expression } from '@weft/mapping';
import { wordsOf, type ExpressionScope } from './expression-scope.ts';
import { functionTitle } from './function-words.ts';

/** An expression in one line of words, for lists, titles and screen readers. */
export function describeExpression(expression: Expression, scope: Pick<ExpressionScope, 'sources' | 'loops'>): string {
  if ('path' in expression) {
    if (expression.path.length === 0) return '…';
    const words = wordsOf(expression.path, scope);
    return [words.source, ...words.way, words.name].filter((part, index, all) => part !== all[index - 1]).join(' › ');
  }
  if ('const' in expression) return typeof expression.const === 'string' ? `“${expression.const}”` : JSON.stringify(expression.const);
  if ('fn' in expression) {
    const inner = expression.args.map((argument) => describeExpression(argument, scope)).join(', ');
    return `${functionTitle(expression.fn)} (${inner})`;
  }
  if ('if' in expression) {
    const otherwise = expression.else ? ` : ${describeExpression(expression.else, scope)}` : '';
    return `${describeExpression(expression.if, scope)} ? ${describeExpression(expression.then, scope)}${otherwise}`;
  }
  return 'index' in expression ? `# ${expression.index}` : expression.table;
}
