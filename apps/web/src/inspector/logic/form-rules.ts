import { dereference, isObject, type Json, type JsonObject, type JsonSchema } from '@weft/json-schema';
import type { MappingDocument, Rule } from '@weft/mapping';
import { nextRuleId } from '../../mapper/rules/edit-rules.ts';
import { startsWith } from '../../mapper/rules/places.ts';

/**
 * One form, two views: a field holds a constant rule as its value, any other rule as a chip. The form is read from the
 * rules and written back to them; nothing is kept beside.
 */
export interface FormView {
  /** What constant rules say. */
  value: JsonObject;
  /** Rules the form cannot show as a value; each has its place in `to`. */
  chips: Rule[];
}

/** What the form shows of a mapping. */
export function formOf(document: MappingDocument | undefined): FormView {
  const value: JsonObject = {};
  const chips: Rule[] = [];
  for (const rule of document?.rules ?? []) {
    if (isConstant(rule)) put(value, rule.to, rule.value.const);
    else chips.push(rule);
  }
  return { value, chips };
}

/** The rule whose chip stands at a field: exactly there, or one that fills the field from above. */
export function chipAt(chips: readonly Rule[], path: readonly string[]): Rule | undefined {
  return chips.find((rule) => startsWith(path, rule.to));
}

/** Rules below a field: "mapped in 3 fields". */
export const chipsBelow = (chips: readonly Rule[], path: readonly string[]): Rule[] =>
  chips.filter((rule) => rule.to.length > path.length && startsWith(rule.to, path));

/**
 * The rules that say what the form now says. Chips stay as they are; constants that did not change keep their rule, with
 * its id, label and place in the order, and so does an entry of a map that has only another name.
 */
export function rulesOf(document: MappingDocument, schema: JsonSchema, value: JsonObject): MappingDocument {
  const { chips } = formOf(document);
  const wanted = constantsOf(schema, schema, value, [], chips);
  const old = new Map(document.rules.filter(isConstant).map((rule) => [keyOf(rule.to), rule]));
  const renamed = renamedEntry(
    [...old.values()].filter((rule) => !wanted.has(keyOf(rule.to))),
    [...wanted.values()].filter(({ path }) => !old.has(keyOf(path))),
  );
  const kept = document.rules.flatMap((rule): Rule[] => {
    if (!isConstant(rule)) return [rule];
    if (renamed && rule === renamed.rule) return [{ ...rule, to: renamed.path, value: { const: renamed.value } }];
    const now = wanted.get(keyOf(rule.to));
    if (now === undefined) return [];
    return [same(now.value, rule.value.const) ? rule : { ...rule, value: { const: now.value } }];
  });
  let next = { ...document, rules: kept };
  for (const [key, { path, value: constant }] of wanted) {
    if (old.has(key) || path === renamed?.path) continue;
    next = { ...next, rules: [...next.rules, { id: nextRuleId(next), to: path, value: { const: constant } }] };
  }
  return next;
}

interface Constant {
  path: string[];
  value: Json;
}

/** One entry went and one came in the same map: while a name is typed, that is the same entry. */
function renamedEntry(gone: readonly ConstantRule[], come: readonly Constant[]): (Constant & { rule: ConstantRule }) | undefined {
  const [rule, ...otherRules] = gone;
  const [now, ...others] = come;
  if (!rule || !now || otherRules.length + others.length > 0) return undefined;
  const isBeside = rule.to.length === now.path.length && rule.to.slice(0, -1).every((segment, at) => segment === now.path[at]);
  return isBeside ? { rule, ...now } : undefined;
}

type ConstantRule = Rule & { value: { const: Json } };

const isConstant = (rule: Rule): rule is ConstantRule =>
  rule.value !== undefined && 'const' in rule.value && rule.when === undefined && rule.forEach === undefined && rule.to.length > 0;

/** A rule for each value that stands by itself: fields of objects and entries of maps, but lists and free JSON whole. */
function constantsOf(
  schema: JsonSchema,
  root: JsonSchema,
  value: Json,
  path: string[],
  chips: readonly Rule[],
): Map<string, Constant> {
  const here = dereference(schema, root);
  if (path.length > 0 && chipAt(chips, path)) return new Map();
  const entries = isObject(value) && (hasFields(here) || path.length === 0) ? Object.entries(value) : undefined;
  if (!entries || (entries.length === 0 && path.length > 0)) {
    return path.length === 0 || chipsBelow(chips, path).length > 0 ? new Map() : new Map([[keyOf(path), { path, value }]]);
  }
  return new Map(entries.flatMap(([name, inner]) => [...constantsOf(fieldOf(here, name), root, inner, [...path, name], chips)]));
}

function hasFields(schema: JsonSchema): boolean {
  return schema.properties !== undefined || (typeof schema.additionalProperties === 'object' && schema['x-open'] !== true);
}

function fieldOf(schema: JsonSchema, name: string): JsonSchema {
  const own = schema.properties && Object.hasOwn(schema.properties, name) ? schema.properties[name] : undefined;
  return own ?? (typeof schema.additionalProperties === 'object' ? schema.additionalProperties : {});
}

function put(target: JsonObject, path: readonly string[], value: Json): void {
  let current = target;
  for (const segment of path.slice(0, -1)) {
    const inner = Object.hasOwn(current, segment) ? current[segment] : undefined;
    const next: JsonObject = isObject(inner) ? inner : {};
    set(current, segment, next);
    current = next;
  }
  set(current, path.at(-1) ?? '', value);
}

/** Own property whatever its name. */
function set(target: JsonObject, name: string, value: Json): void {
  Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
}

const keyOf = (path: readonly string[]): string => path.join('\u0000');
const same = (a: Json, b: Json): boolean => JSON.stringify(a) === JSON.stringify(b);
