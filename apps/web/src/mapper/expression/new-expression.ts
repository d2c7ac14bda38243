import type { Expression, MappingFunction } from '@weft/mapping';
import type { Choice } from './kinds/kind-view.ts';
import { kindViewOf } from './kinds/kinds.ts';

export type { Choice } from './kinds/kind-view.ts';

/** What it is, as a person would choose it. */
export const choiceOf = (expression: Expression): Choice => kindViewOf(expression)?.choice(expression) ?? 'constant';

/** What is left when what is around it is taken away. */
export const wrappedIn = (expression: Expression): Expression | undefined => kindViewOf(expression)?.wrapped?.(expression);

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
export const asKind = (choice: Choice, old: Expression): Expression => (choice === choiceOf(old) ? old : beginnings[choice](old));

const beginnings: Record<Choice, (old: Expression) => Expression> = {
  field: (old) => ({ path: firstPath(old) ?? [] }),
  constant: () => ({ const: '' }),
  text: (old) => ({ fn: 'concat', args: isNothing(old) ? [{ const: '' }] : [old] }),
  if: (old) => ({ if: { fn: 'exists', args: [{ path: firstPath(old) ?? [] }] }, then: old, else: { const: '' } }),
  index: () => ({ index: '' }),
  table: () => ({ table: '' }),
  // Which one is asked for first.
  function: (old) => old,
};

const isNothing = (expression: Expression): boolean => 'path' in expression && expression.path.length === 0;

const firstPath = (expression: Expression): string[] | undefined => kindViewOf(expression)?.firstPath?.(expression, firstPath);
