import { formatPath, isAnything, type Json, type JsonSchema, type SchemaValidator } from '@weft/json-schema';
import { editRule } from '../edit-rule.ts';
import { isConstant } from '../expressions/constant.ts';
import { isDecimalText } from '../functions/read-argument.ts';
import { say } from '../sentences.en.ts';
import { fixBy, type MappingFix, type MappingProblem } from './problem.ts';
import { isExpression, targetName, type RulePlace } from './rule-places.ts';

/** A constant that the target's schema refuses. */
export function constantProblems({ rule, path, root, target }: RulePlace, { validate }: SchemaValidator): MappingProblem[] {
  if (!target || rule.forEach || !isExpression(rule.value) || !isConstant(rule.value) || isAnything(target)) return [];
  const value = rule.value.const;
  const [issue] = validate(target, value);
  if (!issue) return [];
  const converted = convert(value, target);
  const isCertain = converted !== undefined && validate(target, converted).length === 0;
  const said = { target: targetName(path, root), issue };
  const words = issue.path.length > 0 ? say('mapping.rule.constantAt', { ...said, place: formatPath(issue.path) }) : say('mapping.rule.constant', said);
  const fixes = isCertain ? { fixes: [replacement(rule.id, converted)] } : {};
  return [{ code: 'mapping.constant', severity: 'error', ruleId: rule.id, path, ...words, ...fixes }];
}

const replacement = (ruleId: string, value: Json): MappingFix =>
  fixBy(
    say('mapping.fix.constant', { value: JSON.stringify(value) }),
    (document) => editRule(document, ruleId, (own) => ({ ...own, value: { const: value } })),
  );

/** The same constant as the type that is wanted, where there is no doubt what it would be. */
function convert(value: Json, { type }: JsonSchema): Json | undefined {
  const types = [type].flat();
  const isNumeric = types.includes('number') || types.includes('integer');
  if (typeof value === 'string' && isNumeric && isDecimalText(value.trim())) return Number(value);
  if (typeof value === 'string' && types.includes('boolean') && /^(?:true|false)$/i.test(value.trim())) return value.trim().toLowerCase() === 'true';
  if ((typeof value === 'number' || typeof value === 'boolean') && types.includes('string')) return String(value);
  return undefined;
}
