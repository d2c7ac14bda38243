import type { MappingDocument } from './document.ts';
import { editRule } from './edit-rule.ts';
import type { Expression } from './expressions.ts';
import type { Renaming } from './expressions/expression-kind.ts';
import { renamed } from './references.ts';
import { mapExpression, mapExpressions, mapRules, type LoopNames } from './walk.ts';

/** Old name → new name of steps and loops. All at once, so `a → b` and `b → a` swap. */
export type NewNames = ReadonlyMap<string, string>;

/** The document with every reference to a renamed step or loop of the flow rewritten. Its own loops hide names from outside. */
export function renameNames(document: MappingDocument, names: NewNames): MappingDocument {
  return mapExpressions(document, (part, loops) => renamed(part, outside(names, loops)));
}

/** The same for an expression that stands alone. */
export function renameNamesIn(expression: Expression, names: NewNames): Expression {
  return mapExpression(expression, [], (part) => renamed(part, outside(names, [])));
}

/** The references to the item of a rule's loop follow the loop's new name, which the rule has already. */
export function renameLoop(document: MappingDocument, ruleId: string, from: string, to: string): MappingDocument {
  const names = new Map([[from, to]]);
  return editRule(document, ruleId, (rule) => {
    const [changed = rule] = mapRules([rule], [], (expression, [own, ...inner]) =>
      own === undefined ? expression : mapExpression(expression, inner, (part, loops) => renamed(part, outside(names, loops))),
    );
    return changed;
  });
}

function outside(names: NewNames, loops: LoopNames): Renaming {
  const loop = (name: string): string => (loops.includes(name) ? name : (names.get(name) ?? name));
  return { loop, path: (path) => path.map((segment, index) => (index === 0 ? loop(segment) : segment)) };
}
