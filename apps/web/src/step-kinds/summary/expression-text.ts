import type { Expression } from '@weft/mapping';
import i18next from 'i18next';

/** An expression as a few words for a step's line: complete enough to recognise, never to edit. */
export function expressionText(expression: Expression | undefined, titleOf: (name: string) => string): string {
  if (expression === undefined) return '';
  if ('path' in expression) {
    const [root, ...rest] = expression.path;
    return rest.length === 0 ? titleOf(root ?? '') : rest.slice(-2).join(' › ');
  }
  if ('const' in expression) return typeof expression.const === 'string' ? `“${expression.const}”` : JSON.stringify(expression.const);
  if ('fn' in expression) {
    const args = expression.args.map((arg) => expressionText(arg, titleOf));
    const { fn } = expression;
    if (args.length > 1 && Object.hasOwn(signs, fn)) return args.join(` ${signs[fn]} `);
    if (args.length > 1 && between.has(fn)) return args.join(` ${i18next.t(`step-kinds:summary.between.${fn}`)} `);
    if (args.length === 1 && after.has(fn)) return `${args[0]} ${i18next.t(`step-kinds:summary.after.${fn}`)}`;
    return args.length === 0 ? fn : `${fn} ${args.join(', ')}`;
  }
  if ('if' in expression) return i18next.t('step-kinds:summary.if', { condition: expressionText(expression.if, titleOf) });
  if ('index' in expression) return `#${expression.index}`;
  return expression.table;
}

/** Functions that are said between their arguments, by a sign or by words, or after their only one. */
const signs: Record<string, string> = {
  equals: '=',
  notEquals: '≠',
  greaterThan: '>',
  atLeast: '≥',
  lessThan: '<',
  atMost: '≤',
  add: '+',
  subtract: '−',
  multiply: '×',
  divide: '÷',
  concat: '+',
};
const between = new Set(['and', 'or', 'contains', 'includes', 'startsWith', 'endsWith', 'matches']);
const after = new Set(['isEmpty', 'exists', 'isTrue']);
