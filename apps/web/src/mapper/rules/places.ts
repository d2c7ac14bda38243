import type { Expression, Loop, MappingDocument, Rule } from '@weft/mapping';

/**
 * A place in a tree that may be inside lists: `['lines', '[]', 'sku']` is the sku of every line. Only the screen uses
 * places; documents have loops instead.
 */
export type Place = readonly string[];

/** Stands for "every item" in a place. */
export const each = '[]';

/** A rule with where it writes, seen from the root. */
export interface PlacedRule {
  rule: Rule;
  place: string[];
  /** The loops around it, outermost first; a loop's own rule is not inside itself. */
  loops: LoopScope[];
}

export interface LoopScope {
  ruleId: string;
  /** The list that the loop fills. */
  place: string[];
  loop: Loop;
}

/** Every rule of a document, outer ones before inner ones. */
export function placedRules(document: MappingDocument | undefined): PlacedRule[] {
  const found: PlacedRule[] = [];
  const walk = (rules: readonly Rule[], base: string[], loops: LoopScope[]): void => {
    for (const rule of rules) {
      const place = [...base, ...rule.to];
      found.push({ rule, place, loops });
      if (rule.forEach && rule.rules) walk(rule.rules, [...place, each], [...loops, { ruleId: rule.id, place, loop: rule.forEach }]);
    }
  };
  walk(document?.rules ?? [], [], []);
  return found;
}

/** The loops a rule at this place would be in, as far as they exist; outermost first. */
export function loopsAround(document: MappingDocument | undefined, place: Place): LoopScope[] {
  return placedRules(document).flatMap(({ rule: { id, forEach: loop }, place: list }) =>
    (loop && startsWith(place, [...list, each]) ? [{ ruleId: id, place: list, loop }] : []));
}

export const samePlace = (a: Place, b: Place): boolean => a.length === b.length && a.every((segment, index) => segment === b[index]);

export const startsWith = (place: Place, prefix: Place): boolean =>
  prefix.length <= place.length && prefix.every((segment, index) => segment === place[index]);

export const placeKey = (place: Place): string => place.join('\u0000');

/** The lists a place is inside of: `lines`, then `lines › [] › taxes`. */
export function listsAround(place: Place): string[][] {
  return place.flatMap((segment, index) => (segment === each ? [place.slice(0, index)] : []));
}

/**
 * A path as the source tree shows it: a loop's name becomes "every item of" the list it walks through.
 * @returns undefined where the loop does not walk along a plain path.
 */
export function placeOf(path: readonly string[], loops: readonly LoopScope[]): string[] | undefined {
  const at = loops.findLastIndex(({ loop }) => loop.as === path[0]);
  const scope = loops[at];
  if (!scope) return [...path];
  const list = pathOf(scope.loop.in);
  const outer = list && placeOf(list, loops.slice(0, at));
  return outer && [...outer, each, ...path.slice(1)];
}

/** How a place of the source tree is written inside these loops. */
export interface Reached {
  path: string[];
  /** Lists on the way that no loop walks through; their `[]` is still in the path. */
  open: string[][];
}

/** Writes a source's place as a path, through the innermost loop that leads there. */
export function reach(place: Place, loops: readonly LoopScope[]): Reached {
  for (let at = loops.length - 1; at >= 0; at -= 1) {
    const scope = loops[at];
    const list = scope && pathOf(scope.loop.in);
    const walked = list && placeOf(list, loops.slice(0, at));
    if (!scope || !walked || !startsWith(place, [...walked, each])) continue;
    const path = [scope.loop.as, ...place.slice(walked.length + 1)];
    return { path, open: listsAround(path) };
  }
  return { path: [...place], open: listsAround(place) };
}

/**
 * A source's place as an expression. Outside of a loop, one field of a list's items is a list of its own: nothing is taken
 * silently.
 */
export function readPlace(place: Place, loops: readonly LoopScope[]): Expression {
  const { path, open } = reach(place, loops);
  if (open.length === 0) return { path };
  const at = path.lastIndexOf(each);
  const list = path.slice(0, at).map((segment) => (segment === each ? '0' : segment));
  const [field, ...deeper] = path.slice(at + 1);
  if (field === undefined) return { path: list };
  return deeper.length === 0 ? { fn: 'pluck', args: [{ path: list }, { const: field }] } : { path: [...list, '0', field, ...deeper] };
}

export const pathOf = (expression: Expression | undefined): string[] | undefined =>
  expression && 'path' in expression ? expression.path : undefined;
