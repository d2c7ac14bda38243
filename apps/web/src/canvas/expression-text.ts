import type { Expression } from '@weft/mapping';

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
    const sign = Object.hasOwn(signs, expression.fn) ? signs[expression.fn] : undefined;
    if (sign !== undefined && args.length === 2) return `${args[0]} ${sign} ${args[1]}`;
    return args.length === 0 ? expression.fn : `${expression.fn} ${args.join(', ')}`;
  }
  if ('if' in expression) return `if ${expressionText(expression.if, titleOf)}`;
  if ('index' in expression) return `#${expression.index}`;
  return expression.table;
}

const signs: Record<string, string> = {
  equals: '=',
  notEquals: '≠',
  eq: '=',
  ne: '≠',
  greaterThan: '>',
  lessThan: '<',
  gt: '>',
  gte: '≥',
  lt: '<',
  lte: '≤',
  greaterOrEqual: '≥',
  lessOrEqual: '≤',
  and: 'and',
  or: 'or',
  contains: 'contains',
};
