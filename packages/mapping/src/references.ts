import type { Path } from '@weft/json-schema';
import type { MappingDocument } from './document.ts';
import type { Renaming } from './expressions/expression-kind.ts';
import { kindOfExpression, type Expression } from './expressions.ts';
import { expressionsOf, mapExpressions, partsOf } from './walk.ts';

/**
 * The paths that are read from outside, each once, in the order of the document. Paths that start with a loop's name
 * are not among them: the list of the loop is.
 */
export function references(of: MappingDocument | Expression): string[][] {
  const parts = 'rules' in of ? expressionsOf(of) : partsOf(of);
  const found = new Map<string, string[]>();
  for (const [part, loops] of parts) {
    const path = kindOfExpression(part)?.reads?.(part);
    if (path && !loops.includes(path[0] ?? '')) found.set(JSON.stringify(path), path);
  }
  return [...found.values()];
}

/**
 * The document with one path renamed wherever it is read, deeper paths included: a step's id, a field that has moved.
 * A `from` that starts with a loop's name is renamed inside that loop; elsewhere loops of the same name hide the source.
 */
export function renameReference(document: MappingDocument, from: Path, to: Path): MappingDocument {
  const [root = ''] = from;
  const isLoopName = expressionsOf(document).some(([, loops]) => loops.includes(root));
  const moved: Renaming = {
    loop: (name) => name,
    path: (path) => (from.every((segment, index) => path[index] === segment) ? [...to, ...path.slice(from.length)] : [...path]),
  };
  return mapExpressions(document, (part, loops) => (isLoopName === loops.includes(root) ? renamed(part, moved) : part));
}

/** An expression itself under new names; what is inside it stays. */
export const renamed = (expression: Expression, renaming: Renaming): Expression => kindOfExpression(expression)?.rename?.(expression, renaming) ?? expression;
