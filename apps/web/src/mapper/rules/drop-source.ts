import { defined } from '@weft/json-schema';
import type { Expression, MappingDocument } from '@weft/mapping';
import type { FieldKind } from '../tree/shape.ts';
import { loopName, setExpression, setLoop } from './edit-rules.ts';
import { each, listsAround, loopsAround, placedRules, reach, readPlace, startsWith, type LoopScope, type Place } from './places.ts';

/** A field of either tree. */
export interface Field {
  place: Place;
  kind: FieldKind;
  /** Of a list's items; `any` where nothing is known about them. */
  itemKind?: FieldKind | undefined;
}

/** What a person can choose when a list is dropped on a single field: nothing is ever taken silently. */
export type ListChoice = 'first' | 'last' | 'count' | 'join' | 'sum';

export interface Choice {
  choice: ListChoice;
  expression: Expression;
}

export type DropOutcome =
  | { kind: 'done'; document: MappingDocument; madeLoop?: Place }
  | { kind: 'choose'; choices: Choice[] }
  /** The target is inside a list that nothing fills yet, and the source has no list to repeat it for. */
  | { kind: 'needsLoop'; list: Place };

interface DropOptions {
  document: MappingDocument;
  source: Field;
  target: Field;
  /** Names that a new loop must not take: step ids and loops of the flow. */
  names: ReadonlySet<string>;
}

/**
 * What dropping a source on a target means. A list on a list makes a loop; a field of a list's items on a field of a
 * list's items makes the loops in between; a list on a single field asks.
 */
export function dropSource({ document, source, target, names }: DropOptions): DropOutcome {
  const taken = new Set([...names, ...placedRules(document).flatMap(({ rule }) => rule.forEach?.as ?? [])]);
  const isListTarget = target.kind === 'list' && (target.itemKind ?? 'any') !== 'any';
  if (source.kind === 'list' && isListTarget) {
    return withLoops(document, [...listsAround(target.place), target.place], [...listsAround(source.place), source.place], taken, (made, loops) => {
      const name = loops.at(-1)?.loop.as ?? '';
      return target.itemKind !== 'object' ? setExpression(made, [...target.place, each], { path: [name] }) : made;
    });
  }
  if (source.kind === 'list' && target.kind !== 'list' && target.kind !== 'any') {
    const { path, open } = reach(source.place, loopsAround(document, target.place));
    if (open.length === 0) return { kind: 'choose', choices: listChoices({ path }, source, target) };
  }
  // A field of a list's items fills a list of plain values item by item.
  const place = isListTarget && source.place.includes(each) ? [...target.place, each] : target.place;
  return withLoops(document, listsAround(place), listsAround(source.place), taken, (made, loops) => {
    const { path, open } = reach(source.place, loops);
    if (open.length === 0) return setExpression(made, place, { path });
    const list = readPlace(source.place, loops);
    const choices = 'path' in list ? [] : listChoices(list, { ...source, kind: 'list', itemKind: source.kind }, target);
    return { choices: [{ choice: 'first', expression: firstOf(path) }, ...choices.filter(({ choice }) => choice !== 'first')] };
  });
}

type Finish = (document: MappingDocument, loops: LoopScope[]) => MappingDocument | { choices: Choice[] };

/** Makes the loops that are missing between two nested lists, outermost first, then finishes. */
function withLoops(document: MappingDocument, targets: Place[], sources: Place[], taken: Set<string>, finish: Finish): DropOutcome {
  let made = document;
  let madeLoop: Place | undefined;
  const missing = targets.filter((list) => !placedRules(made).some(({ rule, place }) => rule.forEach && same(place, list)));
  for (const list of missing) {
    const loops = loopsAround(made, [...list, each]);
    const next = sources.find((source) => {
      const { open } = reach(source, loops);
      return open.length === 0 && !loops.some(({ loop }) => 'path' in loop.in && same(loop.in.path, reach(source, loops).path));
    });
    if (!next) return { kind: 'needsLoop', list };
    const { path } = reach(next, loops);
    const name = loopName(path, taken);
    taken.add(name);
    made = setLoop(made, list, { in: { path }, as: name });
    madeLoop = list;
  }
  const innermost = targets.at(-1);
  const result = finish(made, innermost ? loopsAround(made, [...innermost, each]) : []);
  if ('choices' in result) return { kind: 'choose', choices: result.choices };
  return defined({ kind: 'done', document: result, madeLoop });
}

/** "Every item" becomes "the first item", in words of a path. */
const firstOf = (path: string[]): Expression => ({ path: path.map((segment) => (segment === each ? '0' : segment)) });

function listChoices(list: Expression, source: Field, target: Field): Choice[] {
  const plain = source.itemKind !== 'object' && source.itemKind !== 'list';
  const numbers = source.itemKind === 'number' || source.itemKind === 'integer';
  const one = plain || target.kind === 'object';
  const choices: { choice: ListChoice; expression: Expression; fits: boolean }[] = [
    { choice: 'first', expression: { fn: 'first', args: [list] }, fits: one },
    { choice: 'last', expression: { fn: 'last', args: [list] }, fits: one },
    { choice: 'join', expression: { fn: 'join', args: [list, { const: ', ' }] }, fits: plain && (target.kind === 'text' || target.kind === 'mixed') },
    { choice: 'sum', expression: { fn: 'sum', args: [list] }, fits: numbers },
    { choice: 'count', expression: { fn: 'count', args: [list] }, fits: true },
  ];
  return choices.filter(({ fits }) => fits).map(({ choice, expression }) => ({ choice, expression }));
}

const same = (a: Place, b: Place): boolean => a.length === b.length && startsWith(a, b);
