import { asSchema, assignable, isAnything, isObject, type JsonSchema } from '@weft/json-schema';
import { isDangerousName } from '@weft/json-schema/read';
import type { Said } from '@weft/sentences';
import { expressionWords } from '../describe-expression.ts';
import type { Expression, Rule } from '../document.ts';
import { editRule } from '../edit-rule.ts';
import { isConstant } from '../expressions/constant.ts';
import { conditionFindings, type Finding, type Surroundings } from '../expressions/finding.ts';
import { kindOfExpression } from '../expressions.ts';
import { renameReference } from '../references.ts';
import { say } from '../sentences.en.ts';
import { expressionsOfRule } from '../walk.ts';
import { expressionFindings } from './expression-findings.ts';
import { expressionType } from './expression-type.ts';
import { fixBy, type MappingFix, type MappingProblem } from './problem.ts';
import { isExpression, targetName, type RulePlace } from './rule-places.ts';
import { isList } from './schema-kinds.ts';
import { similarField } from './similar-field.ts';

/** What is wrong with the expressions of a rule, wherever they go. */
export function expressionProblems(place: RulePlace, around: Omit<Surroundings, 'names' | 'titles'>): MappingProblem[] {
  const { rule, path, root, titles } = place;
  const findings = expressionsOfRule(rule).flatMap(({ expression, loops, role }): Finding[] => {
    const names = loops.length > 0 ? place.inner : place.names;
    const found = expressionFindings(expression, { ...around, names, titles });
    const isCondition = role === 'when' || role === 'where';
    return isCondition ? [...found, ...conditionFindings(expressionType(expression, names))] : found;
  });
  if (!isExpression(rule.value) && (!rule.forEach || !rule.rules)) {
    findings.push({ code: 'mapping.incomplete', ...say('mapping.rule.empty', { target: targetName(path, root) }) });
  }
  return findings.map(({ code, message, sentence, rename }) => ({
    code,
    severity: 'error',
    ruleId: rule.id,
    path,
    message,
    sentence,
    fixes: rename && [fixBy(rename.title, (document) => renameReference(document, rename.from, rename.to))],
  }));
}

/** The target has no such field. @param around - the object that it would be in. */
export function targetProblems({ rule, path, root, target }: RulePlace, around: () => JsonSchema): MappingProblem[] {
  const refused = rule.to.find(isDangerousName);
  if (refused !== undefined) {
    const fixes = [fixBy(say('mapping.fix.remove', { name: refused }), (document) => editRule(document, rule.id, () => undefined))];
    return [{ code: 'mapping.targetName', severity: 'error', ruleId: rule.id, path, ...say('mapping.cannot.name', { name: refused }), fixes }];
  }
  if (target) return [];
  const name = path.at(-1) ?? '';
  const meant = similarField(name, around());
  const fixes = [fixBy(say('mapping.fix.remove', { name }), (document) => editRule(document, rule.id, () => undefined))];
  if (meant !== undefined) {
    const to = [...rule.to.slice(0, -1), meant];
    fixes.unshift(fixBy(say('mapping.fix.fillInstead', { name: meant }), (document) => editRule(document, rule.id, (own) => ({ ...own, to }))));
  }
  const said = { target: targetName(path, root) };
  const words = meant === undefined ? say('mapping.rule.gone', said) : say('mapping.rule.renamed', { ...said, name: meant });
  return [{ code: 'mapping.targetGone', severity: 'error', ruleId: rule.id, path, ...words, fixes }];
}

/** Compares a rule's result with its place in the target: list or single, then the type. */
export function fitProblems(place: RulePlace): MappingProblem[] {
  const { target, names, inner, rule } = place;
  if (!target) return [];
  if (rule.forEach) {
    const found = loopProblems(place, rule.forEach.in);
    if (found.length > 0 || !isExpression(rule.value)) return found;
    const { items } = target;
    return isObject(items) ? valueProblems(place, rule.value, asSchema(items), inner) : [];
  }
  return isExpression(rule.value) ? valueProblems(place, rule.value, target, names) : [];
}

function loopProblems({ rule, path, root, target, names, titles }: RulePlace, list: Expression): MappingProblem[] {
  const at = { severity: 'error' as const, ruleId: rule.id, path };
  if (isExpression(list) && !rule.forEach?.wrap && isList(expressionType(list, names).schema) === false) {
    const fix = fixBy(say('mapping.fix.asList'), (document) =>
      editRule(document, rule.id, (own) => (own.forEach ? { ...own, forEach: { ...own.forEach, wrap: true } } : own)),
    );
    return [{ ...at, code: 'mapping.singleToList', ...say('mapping.rule.notAList', { value: expressionWords(list, titles) }), fixes: [fix] }];
  }
  if (target && isList(target) === false) {
    return [{ ...at, code: 'mapping.listToSingle', ...say('mapping.rule.listForOne', { target: targetName(path, root) }) }];
  }
  return [];
}

function valueProblems(place: RulePlace, value: Expression, target: JsonSchema, names: RulePlace['names']): MappingProblem[] {
  const { rule, path, root, titles } = place;
  const { schema } = expressionType(value, names);
  if (isConstant(value) || isAnything(schema) || isAnything(target)) return [];
  const [gives, takes] = [isList(schema), isList(target)];
  if (gives === true && takes === false) return [listToSingle(place, value, schema, target)];
  if (gives === false && takes === true) return [singleToList(place, value)];
  const { answer, concern } = assignable(schema, target);
  const problem = (severity: MappingProblem['severity'], why: string | Said, fixes: MappingFix[]): MappingProblem => {
    const words = say('mapping.rule.type', { value: expressionWords(value, titles), target: targetName(path, root), concern: why });
    return { code: 'mapping.type', severity, ruleId: rule.id, path, ...words, ...(fixes.length > 0 && { fixes }) };
  };
  if (answer === 'no') {
    const fixes = gives === true ? eachFixes(rule, value, target) : conversionFixes(rule, target);
    return [problem('error', concern ?? say('mapping.doesNotFit'), fixes)];
  }
  if (answer === 'yes') return [];
  const byType = assignable(typesOnly(schema), typesOnly(target));
  if (byType.answer === 'yes' || byType.concern === undefined) return [];
  return [problem('warning', byType.concern, conversionFixes(rule, target))];
}

/** What remains of a schema when only types and fields count; ranges, formats and lengths are other checks. */
function typesOnly(schema: JsonSchema): JsonSchema {
  const kept = ['$ref', '$defs', 'type', 'properties', 'required', 'items', 'prefixItems', 'anyOf', 'oneOf', 'allOf'];
  const strip = (value: unknown, keyword: string): unknown => {
    if (Array.isArray(value) && keyword !== 'required' && keyword !== 'type') return value.map((one: unknown) => strip(one, 'schema'));
    if (!isObject(value)) return value;
    const entries = Object.entries(value).filter(([key]) => key !== '__proto__');
    if (keyword === 'properties' || keyword === '$defs') return Object.fromEntries(entries.map(([key, one]) => [key, strip(one, 'schema')]));
    return Object.fromEntries(entries.filter(([key]) => kept.includes(key)).map(([key, one]) => [key, strip(one, key)]));
  };
  // Keywords are left out and nothing is put in, so what was a schema is one.
  return strip(schema, 'schema') as JsonSchema;
}

function listToSingle({ rule, path, root, titles }: RulePlace, value: Expression, schema: JsonSchema, target: JsonSchema): MappingProblem {
  const items = schemaOfItems(schema);
  const fits = (fn: FixingFunction, made: JsonSchema): MappingFix[] =>
    (assignable(typesOnly(made), typesOnly(target)).answer === 'yes' ? [wrapFix(rule, fn)] : []);
  const isKnown = !isAnything(items);
  const isText = isKnown && assignable(typesOnly(items), { type: ['string', 'number', 'boolean', 'null'] }).answer === 'yes';
  const isNumeric = isKnown && assignable(typesOnly(items), { type: ['number', 'null'] }).answer === 'yes';
  const fixes = [
    ...(isKnown && assignable(typesOnly(items), typesOnly(target)).answer !== 'no' ? [wrapFix(rule, 'first'), wrapFix(rule, 'last')] : []),
    ...(isText ? fits('join', { type: 'string' }) : []),
    ...(isNumeric ? fits('sum', { type: 'number' }) : []),
    ...fits('count', { type: 'integer' }),
  ];
  const words = say('mapping.rule.listToSingle', { value: expressionWords(value, titles), target: targetName(path, root) });
  return { code: 'mapping.listToSingle', severity: 'error', ruleId: rule.id, path, ...words, ...(fixes.length > 0 && { fixes }) };
}

function schemaOfItems(schema: JsonSchema): JsonSchema {
  return isObject(schema.items) ? ({ ...(schema.$defs && { $defs: schema.$defs }), ...asSchema(schema.items) }) : {};
}

/** The functions that a click puts around a value. */
type FixingFunction = 'first' | 'last' | 'join' | 'sum' | 'count' | 'toText' | 'toNumber' | 'toInteger' | 'toBoolean';

const wrapFix = (rule: Rule, fn: FixingFunction): MappingFix =>
  fixBy(say(`mapping.fix.${fn}`), (document) =>
    editRule(document, rule.id, (own) => (own.value ? { ...own, value: { fn, args: [own.value, ...joinedBy(fn)] } } : own)),
  );

const joinedBy = (fn: FixingFunction): Expression[] => (fn === 'join' ? [{ const: ', ' }] : []);

function singleToList({ rule, path, root, titles }: RulePlace, value: Expression): MappingProblem {
  const fix = fixBy(say('mapping.fix.listOfOne'), (document) =>
    editRule(document, rule.id, ({ value: list, ...own }) =>
      (list ? { ...own, forEach: { in: list, as: 'item', wrap: true }, value: { path: ['item'] } } : own)),
  );
  const words = say('mapping.rule.singleToList', { value: expressionWords(value, titles), target: targetName(path, root) });
  return { code: 'mapping.singleToList', severity: 'error', ruleId: rule.id, path, ...words, fixes: [fix] };
}

/** Lists whose items differ are gone through item by item. */
function eachFixes(rule: Rule, value: Expression, target: JsonSchema): MappingFix[] {
  if (rule.forEach || !isObject(target.items)) return [];
  const list = kindOfExpression(value)?.reads?.(value);
  const name = list ? singular(list.at(-1) ?? 'item') : 'item';
  const go = fixBy(say('mapping.fix.each'), (document) =>
    editRule(document, rule.id, ({ value: gone, ...own }) => (gone ? { ...own, forEach: { in: gone, as: name }, rules: [] } : own)),
  );
  return [go];
}

function singular(name: string): string {
  const plain = name.replaceAll(/[^A-Za-z0-9_]/g, '');
  return plain.length > 3 && plain.endsWith('s') && !plain.endsWith('ss') ? plain.slice(0, -1) : `${plain || 'list'}Item`;
}

function conversionFixes(rule: Rule, target: JsonSchema): MappingFix[] {
  const conversions: Readonly<Record<string, FixingFunction>> = { string: 'toText', number: 'toNumber', integer: 'toInteger', boolean: 'toBoolean' };
  // A place that may also be empty is converted to as one that may not.
  const [type, ...others] = [target.type].flat().filter((name) => name !== 'null');
  const fn = type !== undefined && others.length === 0 ? conversions[type] : undefined;
  return fn === undefined || target.format !== undefined || target.enum || rule.forEach ? [] : [wrapFix(rule, fn)];
}
