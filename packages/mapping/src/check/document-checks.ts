import { dereference, fieldsOfWays, kindsOfWay, waysOf, type JsonSchema, type Path, type SubSchema } from '@weft/json-schema';
import type { Rule } from '../document.ts';
import { editRule } from '../edit-rule.ts';
import { say } from '../sentences.en.ts';
import { fixBy, type MappingFix, type MappingProblem } from './problem.ts';
import { targetName } from './rule-places.ts';

/** Required target fields that no rule fills, inside lists too. */
export function requiredProblems(rules: readonly Rule[], target: JsonSchema): MappingProblem[] {
  return requiredBelow(rules, { path: [], schema: target, root: target, wayDown: [], room: { left: maxPlaces } }).map((path) => ({
    code: 'mapping.required',
    severity: 'error',
    path,
    ...say('mapping.rule.required', { target: targetName(path, target) }),
  }));
}

/** A schema of objects that each require several others is looked through so far. */
const maxPlaces = 300;

interface Place {
  path: string[];
  /** Its references are those of `root`. */
  schema: SubSchema;
  root: JsonSchema;
  /** The schemas around it: in one of them the same fields would be asked for without end. */
  wayDown: readonly JsonSchema[];
  /** Places that may still be looked at. */
  room: { left: number };
}

/** `rules` write below the place, their targets relative to it. */
function requiredBelow(rules: readonly Rule[], at: Place): string[][] {
  if (rules.some(({ to }) => to.length === 0)) return rules.flatMap((rule) => requiredInLoop(rule, at));
  at.room.left -= 1;
  const ways = waysOf(at.schema, at.root);
  const fields = new Map(fieldsOfWays(ways).map((field) => [field.name, field.schema]));
  const extra = ways.map(({ additionalProperties }) => additionalProperties).find((schema) => typeof schema === 'object');
  const objects = ways.filter((way) => kindsOfWay(way).includes('object') || way.required !== undefined);
  const required = (objects[0]?.required ?? []).filter((name) => objects.every((way) => way.required?.includes(name)));
  const wayDown = [...at.wayDown, dereference(at.schema, at.root)];
  const byField = Map.groupBy(rules, ({ to }) => to[0] ?? '');
  return [...new Set([...required, ...byField.keys()])].flatMap((name) => {
    const own = fields.get(name) ?? extra;
    const here: Place = { ...at, path: [...at.path, name], schema: own ?? {}, wayDown };
    const below = (byField.get(name) ?? []).map((rule) => ({ ...rule, to: rule.to.slice(1) }));
    if (below.length > 0) return own ? requiredBelow(below, here) : [];
    if (own && dereference(own, at.root).default !== undefined) return [];
    const inside = own && mustBeObject(here) ? requiredBelow([], here) : [];
    return inside.length > 0 ? inside : [here.path];
  });
}

/** What is missing in an object that is missing is said of its fields, where it can be nothing else. */
function mustBeObject({ schema, root, wayDown, room }: Place): boolean {
  if (room.left < 0 || wayDown.includes(dereference(schema, root))) return false;
  return waysOf(schema, root).every((way) => kindsOfWay(way).every((kind) => kind === 'object') && kindsOfWay(way).length > 0);
}

function requiredInLoop({ to, forEach, rules, value }: Rule, at: Place): string[][] {
  if (to.length > 0 || !forEach || value) return [];
  const items = waysOf(at.schema, at.root).map((way) => way.items).find((schema) => typeof schema === 'object');
  return items ? requiredBelow(rules ?? [], { ...at, path: [...at.path, '0'], schema: items }) : [];
}

/** Two rules for one target, or one for an object and another for a field of it. */
export function conflictProblems(rules: readonly Rule[], target: JsonSchema, prefix: Path = []): MappingProblem[] {
  const rivalOf = createRivals();
  const own = rules.flatMap((rule, index) => {
    const rival = rules[rivalOf(rule.to, index)];
    return rival ? [conflict(rule, rival, { target, prefix })] : [];
  });
  const nested = rules.flatMap((rule) => conflictProblems(rule.rules ?? [], target, [...prefix, ...rule.to, '0']));
  return [...own, ...nested];
}

function conflict(rule: Rule, rival: Rule, { target, prefix }: { target: JsonSchema; prefix: Path }): MappingProblem {
  const [path, other] = [[...prefix, ...rule.to], [...prefix, ...rival.to]];
  const isSame = rule.to.length === rival.to.length;
  const said = { target: targetName(path, target) };
  return {
    code: isSame ? 'mapping.duplicateTarget' : 'mapping.parentAndChild',
    severity: 'error',
    ruleId: rule.id,
    path,
    ...(isSame ? say('mapping.rule.twice', said) : say('mapping.rule.overlap', { ...said, other: targetName(other, target) })),
    fixes: [removal(rule, 'mapping.fix.removeSecond'), removal(rival, 'mapping.fix.removeFirst')],
  };
}

const removal = ({ id, label }: Rule, code: 'mapping.fix.removeFirst' | 'mapping.fix.removeSecond'): MappingFix =>
  fixBy(label === undefined ? say(code) : say(`${code}Named`, { label }), (document) => editRule(document, id, () => undefined));

/** Told of one target after the other. @returns of which earlier one it is a part, or which one is a part of it: the place of the first such, or -1. */
function createRivals(): (to: Path, index: number) => number {
  const firstAt = new Map<string, number>();
  const firstBelow = new Map<string, number>();
  return (to, index) => {
    const ways = Array.from({ length: to.length + 1 }, (_, length) => JSON.stringify(to.slice(0, length)));
    const whole = ways.at(-1) ?? '';
    const rivals = [firstBelow.get(whole), ...ways.map((way) => firstAt.get(way))].filter((at) => at !== undefined);
    for (const way of ways) if (!firstBelow.has(way)) firstBelow.set(way, index);
    if (!firstAt.has(whole)) firstAt.set(whole, index);
    return rivals.length > 0 ? Math.min(...rivals) : -1;
  };
}
