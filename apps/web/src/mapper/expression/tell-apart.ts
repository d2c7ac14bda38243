import { references, type MappingDocument } from '@weft/mapping';
import { placedRules } from '../rules/places.ts';
import { wordsOf, type ExpressionScope } from './expression-scope.ts';

/** Segments that a chip shows by itself: the field and what it stands in. */
const shown = 2;

/** By `pathKey`: what a chip has to show in front so that it is not taken for another one. */
export type Apart = ReadonlyMap<string, string>;

export const pathKey = (path: readonly string[]): string => JSON.stringify(path);

/** For paths whose last two segments are the same in words: as many more as tell them apart, up to the source's title. */
export function tellApart(paths: readonly (readonly string[])[], scope: Pick<ExpressionScope, 'sources' | 'loops'>): Apart {
  const wholes = new Map(
    paths.map((path) => {
      const { source, way, name } = wordsOf(path, scope);
      return [pathKey(path), path.length === 1 ? [source] : [source, ...way, name]];
    }),
  );
  const apart = new Map<string, string>();
  for (const [key, whole] of wholes) {
    const others = [...wholes].filter(([other]) => other !== key).map(([, other]) => other);
    let length = shown;
    while (length < whole.length && others.some((other) => tail(other, length) === tail(whole, length))) length += 1;
    if (length > shown) apart.set(key, whole.slice(-length, -shown).join(' › '));
  }
  return apart;
}

/** The same for all that a mapping reads. */
export function apartIn({ document, sources }: Pick<ExpressionScope, 'sources'> & { document: MappingDocument }): Apart {
  const loops = placedRules(document).flatMap(({ rule, place }) => (rule.forEach ? [{ ruleId: rule.id, place, loop: rule.forEach }] : []));
  return tellApart(references(document), { sources, loops });
}

const tail = (whole: readonly string[], length: number): string => JSON.stringify(whole.slice(-length));
