import { dereference, isAnything, schemaAt, type JsonSchema, type Path } from '@weft/json-schema';
import type { Rule } from '../document.ts';
import { editRule } from '../edit-rule.ts';
import { say } from '../sentences.en.ts';
import { fixBy, type MappingFix, type MappingProblem } from './problem.ts';
import { targetName } from './rule-places.ts';

/** Required target fields that no rule fills, inside lists too. */
export function requiredProblems(rules: readonly Rule[], target: JsonSchema): MappingProblem[] {
  return requiredBelow(rules, [], target, 0).map((path) => ({
    code: 'mapping.required',
    severity: 'error',
    path,
    ...say('mapping.rule.required', { target: targetName(path) }),
  }));
}

/** A schema may hold itself, so there is an end. */
const maxDepth = 12;

/** `rules` write below `path`, their targets relative to it. */
function requiredBelow(rules: readonly Rule[], path: string[], target: JsonSchema, depth: number): string[][] {
  if (depth > maxDepth || rules.some(({ to }) => to.length === 0)) return rules.flatMap((rule) => requiredInLoop(rule, path, target, depth));
  const schema = dereference(target, target);
  const names = new Set([...(schema.required ?? []), ...rules.map(({ to }) => to[0] ?? '')]);
  return [...names].flatMap((name) => {
    const here = [...path, name];
    const own = schemaAt(target, [name]);
    const below = rules.filter(({ to }) => to[0] === name).map((rule) => ({ ...rule, to: rule.to.slice(1) }));
    if (below.length > 0) return own ? requiredBelow(below, here, own, depth + 1) : [];
    if (own && dereference(own, own).default !== undefined) return [];
    const inside = own && !isAnything(own) ? requiredBelow([], here, own, depth + 1) : [];
    return inside.length > 0 ? inside : [here];
  });
}

function requiredInLoop({ to, forEach, rules, value }: Rule, path: string[], target: JsonSchema, depth: number): string[][] {
  if (to.length > 0 || !forEach || value || depth > maxDepth) return [];
  const items = schemaAt(target, ['0']);
  return items ? requiredBelow(rules ?? [], [...path, '0'], items, depth + 1) : [];
}

/** Two rules for one target, or one for an object and another for a field of it. */
export function conflictProblems(rules: readonly Rule[], prefix: Path = []): MappingProblem[] {
  const own = rules.flatMap((rule, index) => {
    const rival = rules.slice(0, index).find((earlier) => isPrefix(earlier.to, rule.to) || isPrefix(rule.to, earlier.to));
    return rival ? [conflict(rule, rival, prefix)] : [];
  });
  const nested = rules.flatMap((rule) => conflictProblems(rule.rules ?? [], [...prefix, ...rule.to, '0']));
  return [...own, ...nested];
}

function conflict(rule: Rule, rival: Rule, prefix: Path): MappingProblem {
  const [path, other] = [[...prefix, ...rule.to], [...prefix, ...rival.to]];
  const isSame = rule.to.length === rival.to.length;
  const said = { target: targetName(path) };
  return {
    code: isSame ? 'mapping.duplicateTarget' : 'mapping.parentAndChild',
    severity: 'error',
    ruleId: rule.id,
    path,
    ...(isSame ? say('mapping.rule.twice', said) : say('mapping.rule.overlap', { ...said, other: targetName(other) })),
    fixes: [removal(rule, 'mapping.fix.removeSecond'), removal(rival, 'mapping.fix.removeFirst')],
  };
}

const removal = ({ id, label }: Rule, code: 'mapping.fix.removeFirst' | 'mapping.fix.removeSecond'): MappingFix =>
  fixBy(label === undefined ? say(code) : say(`${code}Named`, { label }), (document) => editRule(document, id, () => undefined));

function isPrefix(shorter: Path, longer: Path): boolean {
  return shorter.length <= longer.length && shorter.every((segment, index) => segment === longer[index]);
}
