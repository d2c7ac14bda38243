import type { Path } from '@weft/json-schema';
import type { MappingDocument, Rule } from './document.ts';
import type { Expression } from './expressions.ts';
import { renamed } from './references.ts';
import { mapExpression, mapExpressions } from './walk.ts';

/** A field by the names on the way to it: lists are gone through without a segment of their own. */
export interface FieldName {
  path: Path;
  /** What its last segment becomes. */
  name: string;
}

/** The lines that fill a field, and those inside it, under its new name. */
export function renameTarget(document: MappingDocument, field: FieldName): MappingDocument {
  return { ...document, rules: renamedRules(document.rules, field, 0) };
}

/** What reads the field read under its new name. Loops of the mapping hide what has their name. */
export function renameSource(document: MappingDocument, field: FieldName): MappingDocument {
  const [root = ''] = field.path;
  return mapExpressions(document, (part, loops) => (loops.includes(root) ? part : reading(part, field)));
}

/** The same for an expression that stands alone. */
export const renameSourceIn = (expression: Expression, field: FieldName): Expression => mapExpression(expression, [], (part) => reading(part, field));

const reading = (part: Expression, field: FieldName): Expression =>
  renamed(part, { loop: (name) => name, path: (path) => follow(path, field, 0).path });

/** @param matched - how many segments of the field's path the rules around go already. */
const renamedRules = (rules: readonly Rule[], field: FieldName, matched: number): Rule[] =>
  rules.map((rule) => {
    const { path: to, matched: here } = follow(rule.to, field, matched);
    const inner = here === undefined || !rule.rules ? rule.rules : renamedRules(rule.rules, field, here);
    return { ...rule, to, ...(inner && { rules: inner }) };
  });

/** Goes along the way to the field. @returns the path with the field's new name, and how far it went; undefined where it leads elsewhere. */
function follow(path: Path, { path: way, name }: FieldName, from: number): { path: string[]; matched: number | undefined } {
  let matched: number | undefined = from;
  const made = path.map((segment) => {
    if (matched === undefined || matched === way.length) return segment;
    if (segment === way[matched]) {
      matched += 1;
      return matched === way.length ? name : segment;
    }
    // A place in a list stands between the names.
    if (!/^\d+$/.test(segment)) matched = undefined;
    return segment;
  });
  return { path: made, matched };
}
