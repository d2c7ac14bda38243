import type { Path } from '@weft/json-schema';
import type { Expression, MappingDocument } from './document.ts';
import { expressionsOf, mapExpressions, partsOf } from './walk.ts';

/**
 * The paths that are read from outside, each once, in the order of the document. Paths that start with a loop's name
 * are not among them: the list of the loop is.
 */
export function references(of: MappingDocument | Expression): string[][] {
  const parts = 'rules' in of ? expressionsOf(of) : partsOf(of);
  const found = new Map<string, string[]>();
  for (const [part, loops] of parts) {
    if ('path' in part && !loops.includes(part.path[0] ?? '')) found.set(JSON.stringify(part.path), part.path);
  }
  return [...found.values()];
}

/**
 * The document with one path renamed wherever it is read, deeper paths included: a step's id, a field that has moved.
 * A `from` that starts with a loop's name is renamed inside that loop; elsewhere loops of the same name hide the source.
 */
export function renameReference(document: MappingDocument, from: Path, to: Path): MappingDocument {
  const [root = ''] = from;
  const isLoopName = [...expressionsOf(document)].some(([, loops]) => loops.includes(root));
  return mapExpressions(document, (part, loops) => {
    const isMeant = isLoopName === loops.includes(root);
    if (!('path' in part) || !isMeant || !from.every((segment, index) => part.path[index] === segment)) return part;
    return { path: [...to, ...part.path.slice(from.length)] };
  });
}
