import { isObject } from '@weft/json-schema';
import type { Expression, Loop, MappingDocument, Rule } from './document.ts';

/** The names of the loops around a place, outermost first. */
export type LoopNames = readonly string[];

/** Every expression of a document with the loops around it, arguments before the calls that they belong to. */
export function* expressionsOf(document: MappingDocument): Generator<[Expression, LoopNames]> {
  yield* expressionsOfRules(document.rules, []);
}

function* expressionsOfRules(rules: readonly Rule[], loops: LoopNames): Generator<[Expression, LoopNames]> {
  for (const rule of rules) {
    if (rule.when) yield* partsOf(rule.when, loops);
    if (rule.forEach) yield* partsOf(rule.forEach.in, loops);
    const inner = rule.forEach ? [...loops, rule.forEach.as] : loops;
    if (rule.forEach?.where) yield* partsOf(rule.forEach.where, inner);
    if (rule.value) yield* partsOf(rule.value, inner);
    yield* expressionsOfRules(rule.rules ?? [], inner);
  }
}

/** An expression and all inside it. */
export function* partsOf(expression: Expression, loops: LoopNames = []): Generator<[Expression, LoopNames]> {
  if (!isObject(expression)) return;
  if ('fn' in expression) for (const arg of expression.args) yield* partsOf(arg, loops);
  if ('if' in expression) {
    yield* partsOf(expression.if, loops);
    yield* partsOf(expression.then, loops);
    if (expression.else) yield* partsOf(expression.else, loops);
  }
  yield [expression, loops];
}

/** Rebuilds an expression from the inside out. */
export function mapExpression(expression: Expression, loops: LoopNames, change: (part: Expression, loops: LoopNames) => Expression): Expression {
  if ('fn' in expression) {
    return change({ ...expression, args: expression.args.map((arg) => mapExpression(arg, loops, change)) }, loops);
  }
  if (!('if' in expression)) return change(expression, loops);
  const rebuilt: Expression = {
    if: mapExpression(expression.if, loops, change),
    then: mapExpression(expression.then, loops, change),
    ...(expression.else && { else: mapExpression(expression.else, loops, change) }),
  };
  return change(rebuilt, loops);
}

/** Rebuilds every expression of a document; rules and everything else stay as they are. */
export function mapExpressions(document: MappingDocument, change: (part: Expression, loops: LoopNames) => Expression): MappingDocument {
  return { ...document, rules: mapRules(document.rules, [], change) };
}

function mapRules(rules: readonly Rule[], loops: LoopNames, change: (part: Expression, loops: LoopNames) => Expression): Rule[] {
  return rules.map((rule) => {
    const inner = rule.forEach ? [...loops, rule.forEach.as] : loops;
    const mapLoop = (loop: Loop): Loop => ({
      ...loop,
      in: mapExpression(loop.in, loops, change),
      ...(loop.where && { where: mapExpression(loop.where, inner, change) }),
    });
    return {
      ...rule,
      ...(rule.when && { when: mapExpression(rule.when, loops, change) }),
      ...(rule.forEach && { forEach: mapLoop(rule.forEach) }),
      ...(rule.value && { value: mapExpression(rule.value, inner, change) }),
      ...(rule.rules && { rules: mapRules(rule.rules, inner, change) }),
    };
  });
}
