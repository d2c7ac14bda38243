import { assignable, isAnything, isObject, type Json, type JsonSchema } from '@weft/json-schema';
import { describeExpression } from '../describe-expression.ts';
import type { Expression, Rule } from '../document.ts';
import { editRule } from '../edit-rule.ts';
import { renameReference } from '../references.ts';
import { conditionFindings, expressionFindings, type Finding, type Surroundings } from './expression-findings.ts';
import { expressionType, isList } from './expression-type.ts';
import type { MappingFix, MappingProblem } from './problem.ts';
import { fieldName, isExpression, type RulePlace } from './rule-places.ts';
import { similarName } from './similar-name.ts';

/** What is wrong with the expressions of a rule, wherever they go. */
export function expressionProblems(place: RulePlace, around: Omit<Surroundings, 'names' | 'titles'>): MappingProblem[] {
  const { rule, path, names, inner, titles } = place;
  const outside: Surroundings = { ...around, names, titles };
  const inside: Surroundings = { ...around, names: inner, titles };
  const findings: Finding[] = [];
  if (rule.when) findings.push(...expressionFindings(rule.when, outside), ...conditionFindings(rule.when, outside));
  if (rule.forEach) findings.push(...expressionFindings(rule.forEach.in, outside));
  if (rule.forEach?.where) findings.push(...expressionFindings(rule.forEach.where, inside), ...conditionFindings(rule.forEach.where, inside));
  if (isExpression(rule.value)) findings.push(...expressionFindings(rule.value, inside));
  else if (!rule.forEach || (!rule.rules && !rule.value)) {
    findings.push({ code: 'mapping.incomplete', message: `${fieldName(path)} has no value yet. Choose a field, a constant or a function.` });
  }
  return findings.map((finding) => ({
    code: finding.code,
    severity: 'error',
    ruleId: rule.id,
    path,
    message: finding.message,
    ...(finding.rename && { fixes: [renameFix(finding.rename)] }),
  }));
}

function renameFix({ from, to, title }: NonNullable<Finding['rename']>): MappingFix {
  return { title, apply: (document) => renameReference(document, from, to) };
}

/** The target has no such field. */
export function targetProblems({ rule, path, target }: RulePlace, fieldsBeside: () => string[]): MappingProblem[] {
  if (target) return [];
  const name = path.at(-1) ?? '';
  const meant = similarName(name, fieldsBeside());
  const fixes: MappingFix[] = [{ title: `Remove ${name}`, apply: (document) => editRule(document, rule.id, () => undefined) }];
  if (meant !== undefined) {
    const to = [...rule.to.slice(0, -1), meant];
    fixes.unshift({ title: `Fill ${meant} instead`, apply: (document) => editRule(document, rule.id, (own) => ({ ...own, to })) });
  }
  const message = `The target has no field ${fieldName(path)}. ${meant === undefined ? 'Remove it, or map to another field.' : `Was it renamed to ${meant}?`}`;
  return [{ code: 'mapping.targetGone', severity: 'error', ruleId: rule.id, path, message, fixes }];
}

/** What a rule gives against what its place in the target takes: list or single, then the type. */
export function fitProblems(place: RulePlace): MappingProblem[] {
  const { target, names, inner, rule } = place;
  if (!target) return [];
  if (rule.forEach) {
    const found = loopProblems(place, rule.forEach.in);
    if (found.length > 0 || !isExpression(rule.value)) return found;
    const { items } = target;
    return isObject(items) ? valueProblems(place, rule.value, items as JsonSchema, inner) : [];
  }
  return isExpression(rule.value) ? valueProblems(place, rule.value, target, names) : [];
}

function loopProblems({ rule, path, target, names, titles }: RulePlace, list: Expression): MappingProblem[] {
  const at = { severity: 'error' as const, ruleId: rule.id, path };
  if (isExpression(list) && !rule.forEach?.wrap && isList(expressionType(list, names).schema) === false) {
    const fix: MappingFix = {
      title: 'Treat it as a list of one',
      apply: (document) => editRule(document, rule.id, (own) => (own.forEach ? { ...own, forEach: { ...own.forEach, wrap: true } } : own)),
    };
    return [{ ...at, code: 'mapping.singleToList', message: `${describeExpression(list, titles)} is a single value, not a list to go through.`, fixes: [fix] }];
  }
  if (target && isList(target) === false) {
    return [{ ...at, code: 'mapping.listToSingle', message: `${fieldName(path)} takes a single value, but a list is made for it. Map a single value instead.` }];
  }
  return [];
}

function valueProblems(place: RulePlace, value: Expression, target: JsonSchema, names: RulePlace['names']): MappingProblem[] {
  const { rule, path, titles } = place;
  const { schema } = expressionType(value, names);
  if ('const' in value || isAnything(schema) || isAnything(target)) return [];
  const [gives, takes] = [isList(schema), isList(target)];
  if (gives === true && takes === false) return [listToSingle(place, value, schema, target)];
  if (gives === false && takes === true) return [singleToList(place, value)];
  const { answer, concern } = assignable(schema, target);
  const at = { ruleId: rule.id, path };
  const subject = `${describeExpression(value, titles)} → ${fieldName(path)}`;
  if (answer === 'no') {
    const fixes = gives === true ? [eachFix(rule, value, target)].flat() : conversionFixes(rule, target);
    return [{ ...at, code: 'mapping.type', severity: 'error', message: `${subject}: the value ${concern ?? 'does not fit'}.`, ...(fixes.length > 0 && { fixes }) }];
  }
  if (answer === 'yes') return [];
  const byType = assignable(typesOnly(schema), typesOnly(target));
  if (byType.answer === 'yes' || byType.concern === undefined) return [];
  const fixes = conversionFixes(rule, target);
  return [{ ...at, code: 'mapping.type', severity: 'warning', message: `${subject}: the value ${byType.concern}.`, ...(fixes.length > 0 && { fixes }) }];
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
  return strip(schema as Json, 'schema') as JsonSchema;
}

function listToSingle({ rule, path, titles }: RulePlace, value: Expression, schema: JsonSchema, target: JsonSchema): MappingProblem {
  const items = schemaOfItems(schema);
  const fits = (fn: string, made: JsonSchema): MappingFix[] => (assignable(typesOnly(made), typesOnly(target)).answer === 'yes' ? [wrapFix(rule, fn)] : []);
  const isKnown = !isAnything(items);
  const isText = isKnown && assignable(typesOnly(items), { type: ['string', 'number', 'boolean', 'null'] }).answer === 'yes';
  const isNumeric = isKnown && assignable(typesOnly(items), { type: ['number', 'null'] }).answer === 'yes';
  const fixes = [
    ...(isKnown && assignable(typesOnly(items), typesOnly(target)).answer !== 'no' ? [wrapFix(rule, 'first'), wrapFix(rule, 'last')] : []),
    ...(isText ? fits('join', { type: 'string' }) : []),
    ...(isNumeric ? fits('sum', { type: 'number' }) : []),
    ...fits('count', { type: 'integer' }),
  ];
  const message = `${describeExpression(value, titles)} is a list, but ${fieldName(path)} takes a single value. Choose what to make of the list.`;
  return { code: 'mapping.listToSingle', severity: 'error', ruleId: rule.id, path, message, ...(fixes.length > 0 && { fixes }) };
}

function schemaOfItems(schema: JsonSchema): JsonSchema {
  return isObject(schema.items) ? ({ ...(schema.$defs && { $defs: schema.$defs }), ...schema.items } as JsonSchema) : {};
}

const fixTitles: Readonly<Record<string, string>> = {
  first: 'Take the first item', last: 'Take the last item', join: 'Join the items to one text', sum: 'Add the items up', count: 'Count the items',
  toText: 'Write it as text', toNumber: 'Read it as a number', toInteger: 'Read it as a whole number', toBoolean: 'Read it as true or false',
};

function wrapFix(rule: Rule, fn: string): MappingFix {
  return {
    title: fixTitles[fn] ?? fn,
    apply: (document) => editRule(document, rule.id, (own) => (own.value ? { ...own, value: { fn, args: [own.value, ...joinedBy(fn)] } } : own)),
  };
}

const joinedBy = (fn: string): Expression[] => (fn === 'join' ? [{ const: ', ' }] : []);

function singleToList({ rule, path, titles }: RulePlace, value: Expression): MappingProblem {
  const fix: MappingFix = {
    title: 'Make a list of one',
    apply: (document) =>
      editRule(document, rule.id, ({ value: list, ...own }) => (list ? { ...own, forEach: { in: list, as: 'item', wrap: true }, value: { path: ['item'] } } : own)),
  };
  const message = `${describeExpression(value, titles)} is a single value, but ${fieldName(path)} takes a list.`;
  return { code: 'mapping.singleToList', severity: 'error', ruleId: rule.id, path, message, fixes: [fix] };
}

/** Lists whose items differ are gone through item by item. */
function eachFix(rule: Rule, value: Expression, target: JsonSchema): MappingFix | MappingFix[] {
  if (rule.forEach || !isObject(target.items)) return [];
  const name = 'path' in value ? `${singular(value.path.at(-1) ?? 'item')}` : 'item';
  return {
    title: 'Go through the list and map each item',
    apply: (document) =>
      editRule(document, rule.id, ({ value: list, ...own }) => (list ? { ...own, forEach: { in: list, as: name }, rules: [] } : own)),
  };
}

function singular(name: string): string {
  const plain = name.replaceAll(/[^A-Za-z0-9_]/g, '');
  return plain.length > 3 && plain.endsWith('s') && !plain.endsWith('ss') ? plain.slice(0, -1) : `${plain || 'list'}Item`;
}

function conversionFixes(rule: Rule, target: JsonSchema): MappingFix[] {
  const conversions: Readonly<Record<string, string>> = { string: 'toText', number: 'toNumber', integer: 'toInteger', boolean: 'toBoolean' };
  const fn = typeof target.type === 'string' ? conversions[target.type] : undefined;
  return fn === undefined || target.format !== undefined || target.enum || rule.forEach ? [] : [wrapFix(rule, fn)];
}
