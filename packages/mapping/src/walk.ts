import { defined } from '@weft/json-schema';
import type { Loop, MappingDocument, Rule } from './document.ts';
import { kindOfExpression, type Expression } from './expressions.ts';

/** The names of the loops around a place, outermost first. */
export type LoopNames = readonly string[];

/** What an expression is to its rule. */
export type RuleRole = 'when' | 'list' | 'where' | 'value';

type ChangeInRule = (expression: Expression, loops: LoopNames, role: RuleRole) => Expression;
type ChangePart = (part: Expression, loops: LoopNames) => Expression;

/** Rebuilds a rule with its own expressions changed, in the order in which they are read. Which loops are around each is said here only. */
export function mapRule(rule: Rule, loops: LoopNames, change: ChangeInRule): Rule {
  const inner = loopsInside(rule, loops);
  const mapLoop = (loop: Loop): Loop => defined({
    ...loop,
    in: change(loop.in, loops, 'list'),
    where: loop.where && change(loop.where, inner, 'where'),
  });
  return defined({
    ...rule,
    when: rule.when && change(rule.when, loops, 'when'),
    forEach: rule.forEach && mapLoop(rule.forEach),
    value: rule.value && change(rule.value, inner, 'value'),
  });
}

/** The same for the rules inside as well. */
export function mapRules(rules: readonly Rule[], loops: LoopNames, change: ChangeInRule): Rule[] {
  return rules.map((rule) => ({
    ...mapRule(rule, loops, change),
    ...(rule.rules && { rules: mapRules(rule.rules, loopsInside(rule, loops), change) }),
  }));
}

const loopsInside = ({ forEach }: Rule, loops: LoopNames): LoopNames => (forEach ? [...loops, forEach.as] : loops);

/** A rule's own expressions with what each is to it. */
export function expressionsOfRule(rule: Rule, loops: LoopNames = []): { expression: Expression; loops: LoopNames; role: RuleRole }[] {
  return seen((see) => mapRule(rule, loops, (expression, around, role) => (see({ expression, loops: around, role }), expression)));
}

/** Every expression of a document with the loops around it, arguments before the calls that they belong to. */
export function expressionsOf(document: MappingDocument): [Expression, LoopNames][] {
  return seen((see) => mapExpressions(document, (part, loops) => (see([part, loops]), part)));
}

/** An expression and all inside it. */
export function partsOf(expression: Expression): [Expression, LoopNames][] {
  return seen((see) => mapExpression(expression, [], (part, loops) => (see([part, loops]), part)));
}

/** Something in it is still to be chosen. */
export const isIncomplete = (expression: Expression): boolean => partsOf(expression).some(([part]) => kindOfExpression(part)?.isBlank?.(part));

/** Rebuilds an expression from the inside out. */
export function mapExpression(expression: Expression, loops: LoopNames, change: ChangePart): Expression {
  const kind = kindOfExpression(expression);
  if (!kind) return expression;
  return change(kind.mapParts?.(expression, (part) => mapExpression(part, loops, change)) ?? expression, loops);
}

/** Rebuilds every expression of a document; rules and everything else stay as they are. */
export function mapExpressions(document: MappingDocument, change: ChangePart): MappingDocument {
  return { ...document, rules: mapRules(document.rules, [], (expression, loops) => mapExpression(expression, loops, change)) };
}

/** What a walk comes by. */
function seen<T>(walk: (see: (one: T) => void) => void): T[] {
  const found: T[] = [];
  walk((one) => found.push(one));
  return found;
}
