import { references, type Expression, type MappingDocument } from '@weft/mapping';
import { each, placedRules, placeKey, placeOf, type LoopScope } from '../rules/places.ts';

/** One line: a target's rule reads a source. */
export interface MappingLine {
  key: string;
  ruleId: string;
  /** Key of the source's place. */
  from: string;
  fromPlace: string[];
  to: string;
  toPlace: string[];
  /** From a list to the list it fills. */
  loop: boolean;
}

/** The lines of a document; derived, never stored. */
export function mappingLines(document: MappingDocument): MappingLine[] {
  return placedRules(document).flatMap(({ rule, place, loops }) => {
    const inside: LoopScope[] = rule.forEach ? [...loops, { ruleId: rule.id, place, loop: rule.forEach }] : loops;
    const to = rule.forEach && rule.value ? [...place, each] : place;
    return [
      ...(rule.forEach ? linesOf(rule.id, rule.forEach.in, loops, place, true) : []),
      ...(rule.value ? linesOf(rule.id, rule.value, inside, to, false) : []),
      ...(rule.when ? linesOf(rule.id, rule.when, loops, place, false) : []),
    ];
  });
}

function linesOf(ruleId: string, expression: Expression, loops: readonly LoopScope[], toPlace: string[], loop: boolean): MappingLine[] {
  const places = new Map<string, string[]>();
  for (const path of references(expression)) {
    const place = placeOf(path, loops)?.map((segment) => (/^\d+$/.test(segment) ? each : segment));
    if (place && place.length > 0) places.set(placeKey(place), place);
  }
  const to = placeKey(toPlace);
  return [...places].map(([from, fromPlace]) => ({ key: `${ruleId}|${from}|${to}`, ruleId, from, fromPlace, to, toPlace, loop }));
}

/** The row that shows a place: its own, or the closed one above it. */
export function rowIndexOf(index: ReadonlyMap<string, number>, place: readonly string[]): number | undefined {
  for (let length = place.length; length > 0; length -= 1) {
    const found = index.get(placeKey(place.slice(0, length)));
    if (found !== undefined) return found;
  }
  return undefined;
}
