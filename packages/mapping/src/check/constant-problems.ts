import { isAnything, type Json, type JsonSchema, type SchemaValidator } from '@weft/json-schema';
import { editRule } from '../edit-rule.ts';
import { isDecimalText } from '../functions/read-argument.ts';
import type { MappingFix, MappingProblem } from './problem.ts';
import { fieldName, isExpression, type RulePlace } from './rule-places.ts';

/** A constant that the target's schema refuses. */
export function constantProblems({ rule, path, target }: RulePlace, { validate }: SchemaValidator): MappingProblem[] {
  if (!target || rule.forEach || !isExpression(rule.value) || !('const' in rule.value) || isAnything(target)) return [];
  const value = rule.value.const;
  const [issue] = validate(target, value);
  if (!issue) return [];
  const converted = convert(value, target);
  const isCertain = converted !== undefined && validate(target, converted).length === 0;
  const fix: MappingFix = {
    title: `Use ${JSON.stringify(converted)} instead`,
    apply: (document) => editRule(document, rule.id, (own) => ({ ...own, value: { const: converted ?? null } })),
  };
  const where = issue.path.length > 0 ? ` (${issue.path.join(' › ')})` : '';
  const message = `${fieldName(path)}${where} ${issue.message}.`;
  return [{ code: 'mapping.constant', severity: 'error', ruleId: rule.id, path, message, ...(isCertain && { fixes: [fix] }) }];
}

/** The same constant as the type that is wanted, where there is no doubt what it would be. */
function convert(value: Json, { type }: JsonSchema): Json | undefined {
  const types = [type].flat();
  const isNumeric = types.includes('number') || types.includes('integer');
  if (typeof value === 'string' && isNumeric && isDecimalText(value.trim())) return Number(value);
  if (typeof value === 'string' && types.includes('boolean') && /^(?:true|false)$/i.test(value.trim())) return value.trim().toLowerCase() === 'true';
  if ((typeof value === 'number' || typeof value === 'boolean') && types.includes('string')) return String(value);
  return undefined;
}
