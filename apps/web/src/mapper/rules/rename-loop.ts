import type { Expression, MappingDocument, Rule } from '@weft/mapping';
import { changeRule } from './edit-rules.ts';

/** Paths inside the loop follow its name. */
export function renameLoop(document: MappingDocument, ruleId: string, from: string, to: string): MappingDocument {
  const path = (expression: Expression): Expression => {
    if ('path' in expression) return expression.path[0] === from ? { path: [to, ...expression.path.slice(1)] } : expression;
    if ('fn' in expression) return { ...expression, args: expression.args.map(path) };
    if ('if' in expression) return { if: path(expression.if), then: path(expression.then), ...(expression.else && { else: path(expression.else) }) };
    return 'index' in expression && expression.index === from ? { index: to } : expression;
  };
  const inside = (rule: Rule): Rule => ({
    ...rule,
    ...(rule.when && { when: path(rule.when) }),
    ...(rule.value && { value: path(rule.value) }),
    ...(rule.forEach && { forEach: { ...rule.forEach, in: path(rule.forEach.in), ...(rule.forEach.where && { where: path(rule.forEach.where) }) } }),
    ...(rule.rules && { rules: rule.rules.map(inside) }),
  });
  return changeRule(document, ruleId, (rule) => ({
    ...rule,
    ...(rule.value && { value: path(rule.value) }),
    ...(rule.rules && { rules: rule.rules.map(inside) }),
    ...(rule.forEach?.where && { forEach: { ...rule.forEach, where: path(rule.forEach.where) } }),
  }));
}
