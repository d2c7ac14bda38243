import { allowsNull, isAnything } from '@weft/json-schema';
import { expressionWords } from '../describe-expression.ts';
import { editRule } from '../edit-rule.ts';
import { isConstant } from '../expressions/constant.ts';
import { say } from '../sentences.en.ts';
import { expressionType } from './expression-type.ts';
import { fixBy, type MappingProblem } from './problem.ts';
import { isExpression, targetName, type RulePlace } from './rule-places.ts';

/** Values that may be missing or null where the target needs one. */
export function presenceProblems({ rule, path, root, target, names, titles }: RulePlace, isRequired: boolean): MappingProblem[] {
  const given = rule.forEach ? rule.forEach.in : rule.value;
  if (!target || !isExpression(given) || isConstant(given)) return [];
  const { mayBeMissing, mayBeNull } = expressionType(given, names);
  const at = { code: 'mapping.mayBeMissing' as const, severity: 'warning' as const, ruleId: rule.id, path };
  const said = { value: expressionWords(given, titles), target: targetName(path, root) };
  const omitsNull = rule.onNull === 'omit';
  if (isRequired && rule.when) {
    return [{ ...at, ...say('mapping.rule.whenRequired', { target: said.target }) }];
  }
  if (isRequired && (mayBeMissing || (mayBeNull && omitsNull))) {
    return [{ ...at, ...say('mapping.rule.mayBeMissing', said) }];
  }
  if (!mayBeNull || omitsNull || isAnything(target) || allowsNull(target, target)) return [];
  if (isRequired) return [{ ...at, ...say('mapping.rule.mayBeNull', said) }];
  const omit = fixBy(say('mapping.fix.omitNull', { target: said.target }), (document) => editRule(document, rule.id, (own) => ({ ...own, onNull: 'omit' })));
  return [{ ...at, ...say('mapping.rule.nullRefused', said), fixes: [omit] }];
}
