import type { Expression, MappingDocument, Rule } from '@weft/mapping';
import type { Step } from '../document.ts';

/** Old name → new name of steps and loops. All at once, so `a → b` and `b → a` swap. */
export type Names = ReadonlyMap<string, string>;

/** The step with every reference that starts with a renamed step or loop rewritten. Loop names inside a mapping win. */
export function renameRoots(step: Step, names: Names): Step {
  if (names.size === 0) return step;
  switch (step.kind) {
    case 'action':
    case 'transform':
    case 'respond':
    case 'approval':
    case 'subflow':
      return step.input ? { ...step, input: inMapping(step.input, names) } : step;
    case 'filter':
      return step.condition ? { ...step, condition: inExpression(step.condition, names) } : step;
    case 'branch':
      return {
        ...step,
        cases: step.cases.map((one) => (one.condition ? { ...one, condition: inExpression(one.condition, names) } : one)),
      };
    case 'forEach':
      return {
        ...step,
        ...(step.items && { items: inExpression(step.items, names) }),
        ...(step.source?.input && { source: { ...step.source, input: inMapping(step.source.input, names) } }),
        ...(step.collect && { collect: inExpression(step.collect, names) }),
        as: names.get(step.as) ?? step.as,
      };
    case 'wait':
      return {
        ...step,
        ...(step.date && { date: inExpression(step.date, names) }),
        ...(step.key && { key: inExpression(step.key, names) }),
      };
    case 'trigger':
    case 'stop':
      return step;
  }
}

const inMapping = (mapping: MappingDocument, names: Names): MappingDocument => ({
  ...mapping,
  rules: mapping.rules.map((rule) => inRule(rule, names)),
});

function inRule(rule: Rule, names: Names): Rule {
  const inner = rule.forEach ? without(names, rule.forEach.as) : names;
  return {
    ...rule,
    ...(rule.when && { when: inExpression(rule.when, names) }),
    ...(rule.forEach && {
      forEach: {
        ...rule.forEach,
        in: inExpression(rule.forEach.in, names),
        ...(rule.forEach.where && { where: inExpression(rule.forEach.where, inner) }),
      },
    }),
    ...(rule.value && { value: inExpression(rule.value, inner) }),
    ...(rule.rules && { rules: rule.rules.map((nested) => inRule(nested, inner)) }),
  };
}

export function inExpression(expression: Expression, names: Names): Expression {
  if ('path' in expression) {
    const [root, ...rest] = expression.path;
    const renamed = root === undefined ? undefined : names.get(root);
    return renamed === undefined ? expression : { path: [renamed, ...rest] };
  }
  if ('fn' in expression) return { ...expression, args: expression.args.map((arg) => inExpression(arg, names)) };
  if ('if' in expression) {
    return {
      if: inExpression(expression.if, names),
      then: inExpression(expression.then, names),
      ...(expression.else && { else: inExpression(expression.else, names) }),
    };
  }
  if ('index' in expression) return { index: names.get(expression.index) ?? expression.index };
  return expression;
}

function without(names: Names, shadowed: string): Names {
  if (!names.has(shadowed)) return names;
  return new Map([...names].filter(([from]) => from !== shadowed));
}
