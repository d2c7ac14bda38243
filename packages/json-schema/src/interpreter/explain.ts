import { asSchema, referenced, type SubSchema } from '../dereference.ts';
import { equal } from '../equal.ts';
import { isObject, type Json } from '../json.ts';
import type { JsonSchema } from '../schema.ts';
import { part, saidOf, say } from '../sentences.en.ts';
import { hasType, typesOf, typesPart } from '../type-of.ts';
import type { SchemaIssue } from '../validator.ts';
import { renewPatternBudget } from '../pattern.ts';
import { bestBranch } from './best-branch.ts';
import { checkList } from './list.ts';
import { checkObject } from './object.ts';
import { attempt, issue, passes, type FoundIssue, type Place } from './place.ts';
import { checkNumber, checkText } from './scalar.ts';
import { Seen } from './seen.ts';

const maxDepth = 500;

/** Every issue of a value, found by walking the schema. Never changes the value and never throws for a value or a schema. */
export function explain(schema: JsonSchema, value: Json | undefined): SchemaIssue[] {
  if (value === undefined) return [{ path: [], keyword: 'required', ...say('schema.missing') }];
  return issuesWithin(schema, value, schema).map(({ path, keyword, sentence }) => ({ path, keyword, ...saidOf(sentence) }));
}

/** The same for a part of a schema, whose references lead into `root`. */
export function issuesWithin(schema: SubSchema, value: Json, root: JsonSchema): FoundIssue[] {
  const issues: FoundIssue[] = [];
  const budget = { left: maxChecks };
  renewPatternBudget();
  check(schema, value, { root, path: [], issues, refs: [], budget, check });
  if (budget.left < 0 && issues.length === 0) issues.push({ path: [], keyword: 'budget', sentence: part('schema.tooManyCases') });
  return issues;
}

/** Parts of schemas that one value may meet: half a second's worth. */
const maxChecks = 1_000_000;

function check(subSchema: SubSchema, value: Json, place: Place): void {
  if (subSchema === true || --place.budget.left < 0) return;
  if (subSchema === false) return issue(place, 'false schema', part('schema.notExpected'));
  if (place.path.length > maxDepth) return issue(place, 'depth', part('schema.tooDeep'));
  const schema = subSchema;
  const asksSeen = schema['unevaluatedProperties'] !== undefined || schema['unevaluatedItems'] !== undefined;
  const inner: Place = asksSeen ? { ...place, seen: new Seen() } : place;

  if (typeof schema.$ref === 'string') checkReference(schema.$ref, value, inner);
  const types = typesOf(schema);
  if (types && !hasType(value, types)) return issue(place, 'type', part('schema.type', { types: typesPart(types) }));
  checkLiterals(schema, value, inner);
  checkCombinations(schema, value, inner);
  if (typeof value === 'string') checkText(schema, value, inner);
  else if (typeof value === 'number') checkNumber(schema, value, inner);
  else if (Array.isArray(value)) checkList(schema, value, inner);
  else if (isObject(value)) checkObject(schema, value, inner);
  if (asksSeen && inner.seen) place.seen?.add(inner.seen);
}

function checkReference($ref: string, value: Json, place: Place): void {
  const target = referenced($ref, place.root);
  if (target === undefined || place.refs.includes(target)) return;
  check(target, value, { ...place, refs: [...place.refs, target] });
}

function checkLiterals(schema: JsonSchema, value: Json, place: Place): void {
  if (schema.const !== undefined && !equal(schema.const, value)) {
    issue(place, 'const', part('schema.const', { value: JSON.stringify(schema.const) }));
  }
  if (Array.isArray(schema.enum) && !schema.enum.some((allowed) => equal(allowed, value))) {
    const shown = schema.enum.slice(0, 8).map((allowed) => (typeof allowed === 'string' ? allowed : JSON.stringify(allowed)));
    issue(place, 'enum', part(schema.enum.length > 8 ? 'schema.enum.more' : 'schema.enum', { values: shown.join(', ') }));
  }
}

function checkCombinations(schema: JsonSchema, value: Json, place: Place): void {
  for (const part of schema.allOf ?? []) check(part, value, place);
  if (schema.anyOf) checkBranches(schema.anyOf, value, place, 'anyOf');
  if (schema.oneOf) checkBranches(schema.oneOf, value, place, 'oneOf');
  if (schema.not !== undefined && passes(schema.not, value, { ...place, seen: undefined })) {
    issue(place, 'not', part('schema.not'));
  }
  // `if`, `then` and `else` hold schemas.
  const condition = schema['if'];
  if (condition === undefined) return;
  const branch = schema[passes(condition as SubSchema, value, place) ? 'then' : 'else'];
  if (branch !== undefined) check(branch as SubSchema, value, place);
}

function checkBranches(branches: SubSchema[], value: Json, place: Place, keyword: 'anyOf' | 'oneOf'): void {
  const trials = branches.map((branch) => attempt(branch, value, place));
  const passed = trials.filter(({ issues }) => issues.length === 0);
  for (const { seen } of passed) if (seen) place.seen?.add(seen);
  if (passed.length === 0) {
    place.issues.push(...bestBranch(trials.map(({ issues }) => issues), branches.map(asSchema), place.path, keyword));
  } else if (keyword === 'oneOf' && passed.length > 1) {
    issue(place, 'oneOf', part('schema.oneOf'));
  }
}
