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
    if (args.length > 1 && Object.hasOwn(between, expression.fn)) return args.join(` ${between[expression.fn]} `);
    if (args.length === 1 && Object.hasOwn(after, expression.fn)) return `${args[0]} ${after[expression.fn]}`;
    return args.length === 0 ? expression.fn : `${expression.fn} ${args.join(', ')}`;
  }
  if ('if' in expression) return `if ${expressionText(expression.if, titleOf)}`;
  if ('index' in expression) return `#${expression.index}`;
  return expression.table;
}

const between: Record<string, string> = {
  equals: '=',
  notEquals: '≠',
  greaterThan: '>',
  atLeast: '≥',
  lessThan: '<',
  atMost: '≤',
  and: 'and',
  or: 'or',
  contains: 'contains',
  includes: 'has',
  startsWith: 'starts with',
  endsWith: 'ends with',
  matches: 'matches',
  add: '+',
  subtract: '−',
  multiply: '×',
  divide: '÷',
  concat: '+',
};

const after: Record<string, string> = { isEmpty: 'is empty', exists: 'exists', isTrue: 'is true' };
