import type { Expression, MappingFunction } from '@weft/mapping';

/** The kinds a person can choose from. */
export type ExpressionKind = 'field' | 'constant' | 'text' | 'function' | 'if' | 'index' | 'table';

export function kindOfExpression(expression: Expression): ExpressionKind {
  if ('path' in expression) return 'field';
  if ('const' in expression) return 'constant';
  if ('if' in expression) return 'if';
  if ('index' in expression) return 'index';
  if ('table' in expression) return 'table';
  if (isPluck(expression)) return 'field';
  return expression.fn === 'concat' ? 'text' : 'function';
}

/** A call with this value as its first argument, the rest at their beginnings. */
export function callOf(fn: MappingFunction, first: Expression, tables: readonly string[]): Expression {
  const args = fn.parameters
    .filter((parameter, index) => !parameter.optional || index === 0)
    .map((parameter, index): Expression => {
      if (parameter.type === 'table') return { table: tables[0] ?? '' };
      if (index === 0) return first;
      if (parameter.choices?.[0] !== undefined) return { const: parameter.choices[0] };
      // The other number of a sum or a product is another field more often than not.
      if (fn.category === 'number' && parameter.type === 'number') return { path: [] };
      return { const: parameter.type === 'number' ? 0 : parameter.type === 'boolean' ? true : '' };
    });
  return { fn: fn.name, args };
}

/** An expression of another kind, keeping what is there where it makes sense. */
export function asKind(kind: ExpressionKind, old: Expression): Expression {
  if (kind === kindOfExpression(old)) return old;
  switch (kind) {
    case 'field':
      return { path: firstPath(old) ?? [] };
    case 'constant':
      return { const: '' };
    case 'text':
      return { fn: 'concat', args: isNothing(old) ? [{ const: '' }] : [old] };
    case 'if':
      return { if: { fn: 'exists', args: [{ path: firstPath(old) ?? [] }] }, then: old, else: { const: '' } };
    case 'index':
      return { index: '' };
    case 'table':
      return { table: '' };
    case 'function':
      return old;
  }
}

/** One field of each item of a list: what choosing a field inside a list gives. It reads like a field. */
export const isPluck = (expression: Expression): expression is { fn: 'pluck'; args: [{ path: string[] }, { const: string }] } => {
  if (!('fn' in expression) || expression.fn !== 'pluck') return false;
  const [list, field] = expression.args;
  return list !== undefined && 'path' in list && field !== undefined && 'const' in field && typeof field.const === 'string';
};

export const isNothing = (expression: Expression): boolean => 'path' in expression && expression.path.length === 0;

function firstPath(expression: Expression): string[] | undefined {
  if ('path' in expression) return expression.path;
  if ('fn' in expression) return expression.args.map(firstPath).find((path) => path !== undefined);
  return 'if' in expression ? firstPath(expression.then) : undefined;
}
