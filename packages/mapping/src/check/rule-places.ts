import { formatPath, schemaAt, titledPath, type JsonSchema, type Path } from '@weft/json-schema';
import type { Said } from '@weft/sentences';
import type { SourceTitles } from '../describe-path.ts';
import type { Expression, Loop, Rule } from '../document.ts';
import { say } from '../sentences.en.ts';
import { expressionType, type Names } from './expression-type.ts';
import { isList } from './schema-kinds.ts';

/** A rule with all that is known at its place. */
export interface RulePlace {
  rule: Rule;
  /** Where it writes in the whole target; `0` stands for every item of a list. */
  path: string[];
  /** The whole target. */
  root: JsonSchema;
  /** What the target expects there: `{}` where it leaves that open, undefined where it has no such place. */
  target: JsonSchema | undefined;
  /** Schemas of the names that `when` and the loop's list see. */
  names: Names;
  /** The same for the value and nested rules: the loop's item is among them. */
  inner: Names;
  /** What people call the sources, as the value sees them. */
  titles: SourceTitles;
}

/** What a mapping is checked against. */
export interface CheckedAgainst {
  sources: Names;
  target: JsonSchema;
  /** Titles of the sources, for messages; one without a title is called by its id. Sources that are out of reach may have titles, too. */
  titles?: SourceTitles;
}

/** Every rule of a document, outer ones first. */
export function rulePlaces(rules: readonly Rule[], { sources, target, titles = {} }: CheckedAgainst): RulePlace[] {
  return placesBelow(rules, [], { sources, target, titles });
}

function placesBelow(rules: readonly Rule[], prefix: Path, against: Required<CheckedAgainst>): RulePlace[] {
  const { sources: names, target, titles } = against;
  return rules.flatMap((rule) => {
    const path = [...prefix, ...rule.to];
    const inner = rule.forEach ? { ...names, [rule.forEach.as]: itemSchema(rule.forEach, names) } : names;
    const own: RulePlace = {
      rule,
      path,
      root: target,
      target: schemaAt(target, path),
      names,
      inner,
      titles: rule.forEach ? withoutTitle(titles, rule.forEach.as) : titles,
    };
    return [own, ...placesBelow(rule.rules ?? [], [...path, '0'], { sources: inner, target, titles: own.titles })];
  });
}

/** A loop's name goes by itself, also where it hides a source. */
function withoutTitle(titles: SourceTitles, name: string): SourceTitles {
  if (!Object.hasOwn(titles, name)) return titles;
  return Object.fromEntries(Object.entries(titles).filter(([id]) => id !== name));
}

/** What one turn of a loop sees; `{}` where the list is not described. */
export function itemSchema(loop: Loop, names: Names): JsonSchema {
  if (!isExpression(loop.in)) return {};
  const { schema } = expressionType(loop.in, names);
  if (isList(schema) === false) return loop.wrap ? schema : {};
  return schemaAt(schema, ['0']) ?? {};
}

/** A rule that is being edited may have no value yet. */
export function isExpression(expression: Expression | undefined): expression is Expression {
  return typeof expression === 'object' && expression !== null;
}

/** The target field as people read it: each level by its title, as forms show it, list positions left out. */
export function targetName(path: Path, root: JsonSchema): string | Said {
  const shown = titledPath(root, path).filter((_, at) => !/^\d+$/.test(path[at] ?? ''));
  return shown.length === 0 ? say('mapping.target.whole') : formatPath(shown);
}
