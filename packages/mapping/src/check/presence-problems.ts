import { allowsNull, isAnything } from '@weft/json-schema';
import { describeExpression } from '../describe-expression.ts';
import { editRule } from '../edit-rule.ts';
import { expressionType } from './expression-type.ts';
import type { MappingProblem } from './problem.ts';
import { fieldName, isExpression, type RulePlace } from './rule-places.ts';

/** Values that may be missing or null where the target needs one. */
export function presenceProblems({ rule, path, target, names, titles }: RulePlace, isRequired: boolean): MappingProblem[] {
  const given = rule.forEach ? rule.forEach.in : rule.value;
  if (!target || !isExpression(given) || 'const' in given) return [];
  const { mayBeMissing, mayBeNull } = expressionType(given, names);
  const at = { code: 'mapping.mayBeMissing' as const, severity: 'warning' as const, ruleId: rule.id, path };
  const [from, to] = [describeExpression(given, titles), fieldName(path)];
  const omitsNull = rule.onNull === 'omit';
  if (isRequired && rule.when) {
    return [{ ...at, message: `${to} is required, but is only filled when a condition is true. Remove the condition, or choose a value for the other case.` }];
  }
  if (isRequired && (mayBeMissing || (mayBeNull && omitsNull))) {
    return [{ ...at, message: `${from} may be missing, but ${to} is required. Use “Or else” to say what goes there instead.` }];
  }
  if (!mayBeNull || omitsNull || isAnything(target) || allowsNull(target, target)) return [];
  if (isRequired) return [{ ...at, message: `${from} may be empty (null), but ${to} needs a value. Use “Or else” to say what goes there instead.` }];
  return [
    {
      ...at,
      message: `${from} may be empty (null), and ${to} does not take that.`,
      fixes: [{ title: `Leave ${to} out when it is empty`, apply: (document) => editRule(document, rule.id, (own) => ({ ...own, onNull: 'omit' })) }],
    },
  ];
}
