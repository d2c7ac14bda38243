import type { Said } from '@weft/sentences';
import { alternatives, kindsOf, type Alternative } from './assignable/alternatives.ts';
import type { Comparison } from './assignable/comparison.ts';
import { all, any, type Fit } from './assignable/fit.ts';
import { assertsList } from './assignable/list.ts';
import { assertsObject } from './assignable/object.ts';
import { assertsNumber, assertsText } from './assignable/scalar.ts';
import { isAnything, referenced, type SubSchema } from './dereference.ts';
import { issuesWithin } from './interpreter/explain.ts';
import type { Json } from './json.ts';
import type { JsonSchema, SchemaType } from './schema.ts';
import { part, saidOf } from './sentences.en.ts';
import { hasType, typesOf, typesPart } from './type-of.ts';

export interface Assignability {
  /** `yes`: every value of the source fits the target. `no`: none that matters does. `maybe`: it depends on the value. */
  answer: 'yes' | 'maybe' | 'no';
  /** Why not a plain yes, as a sentence without subject: "may be empty, and the target needs a value". */
  concern?: Said;
}

/**
 * Whether values described by `source` can go where `target` is expected. Sound: a `yes` is never wrong. What cannot
 * be proved is a `maybe`.
 */
export function assignable(source: JsonSchema, target: JsonSchema): Assignability {
  const { fit, concern } = fits([source], target, {
    sourceRoot: source,
    targetRoot: target,
    assumed: [],
    depth: 0,
    isNegated: false,
    budget: { left: 3_000 },
    fits,
  });
  const answer = fit === 'never' || fit === 'unlikely' ? 'no' : fit;
  return answer === 'yes' || concern === undefined ? { answer } : { answer, concern: saidOf(concern) };
}

const maxDepth = 24;

/** Whether every value that satisfies all of `source` satisfies `target`. */
function fits(source: readonly SubSchema[], target: SubSchema, comparison: Comparison): Fit {
  if (target === true || source.includes(false)) return { fit: 'yes' };
  if (target === false) return { fit: 'never', concern: part('schema.notExpected') };
  const [only] = source;
  if (source.length === 1 && only === target && comparison.sourceRoot === comparison.targetRoot) return { fit: 'yes' };
  if (isAnything(target)) return { fit: 'yes' };
  if (comparison.assumed.some(([left, right]) => right === target && sameSchemas(left, source))) {
    return { fit: comparison.isNegated ? 'maybe' : 'yes' };
  }
  comparison.budget.left -= 1;
  if (comparison.depth > maxDepth || comparison.budget.left < 0) return { fit: 'maybe' };

  const inner: Comparison = {
    ...comparison,
    assumed: [...comparison.assumed, [source, target]],
    depth: comparison.depth + 1,
  };
  const cases = alternatives(source, comparison.sourceRoot);
  if (cases === undefined) return { fit: 'maybe' };
  const result = all(cases.map((alternative) => caseFits(alternative, target, inner)));
  if (result.fit === 'maybe' && source.every(isAnything)) return { fit: 'maybe', concern: part('schema.fit.unknown') };
  return result;
}

function caseFits(alternative: Alternative, target: JsonSchema, comparison: Comparison): Fit {
  const values = finiteValues(alternative, comparison.sourceRoot);
  if (values) return all(values.map((value) => valueFits(value, target, comparison.targetRoot)));
  return all(kindsOf(alternative).map((kind) => kindFits(alternative, kind, target, comparison)));
}

/** The values themselves, where the source lists them. */
function finiteValues(alternative: Alternative, root: JsonSchema): Json[] | undefined {
  const listing = alternative.find((schema) => schema.const !== undefined || schema.enum);
  const listed = listing && (listing.const === undefined ? listing.enum : [listing.const]);
  if (!listed || listed.length > 200) return undefined;
  return listed.filter((value) => isValid(value, alternative, root));
}

function valueFits(value: Json, target: SubSchema, root: JsonSchema): Fit {
  const [first] = issuesWithin(target, value, root);
  if (!first) return { fit: 'yes' };
  return { fit: 'never', concern: part('schema.fit.value', { value: shown(value), problem: first.sentence }) };
}

function shown(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

function kindFits(source: Alternative, kind: SchemaType, target: JsonSchema, comparison: Comparison): Fit {
  const fit: Fit[] = [typeFits(kind, target)];
  if (fit[0]?.fit === 'never') return fit[0];
  if (typeof target.$ref === 'string') {
    const named = referenced(target.$ref, comparison.targetRoot);
    if (named !== undefined) fit.push(kindFitsSub(source, kind, named, comparison));
  }
  for (const part of target.allOf ?? []) fit.push(kindFitsSub(source, kind, part, comparison));
  if (target.anyOf) fit.push(any(target.anyOf.map((branch) => kindFitsSub(source, kind, branch, comparison))));
  const negative: Comparison = { ...comparison, isNegated: true };
  if (target.oneOf) fit.push(exactlyOne(target.oneOf.map((branch) => kindFitsSub(source, kind, branch, negative))));
  if (target.not !== undefined) fit.push(negated(kindFitsSub(source, kind, target.not, negative)));
  if (target['if'] !== undefined) fit.push({ fit: 'maybe', concern: part('schema.fit.condition') });
  if (target.const !== undefined || target.enum) fit.push(listedFits(source, kind, target, comparison.sourceRoot));
  switch (kind) {
    case 'string':
      fit.push(assertsText(source, target));
      break;
    case 'integer':
    case 'number':
      fit.push(assertsNumber(source, kind, target));
      break;
    case 'array':
      fit.push(assertsList(source, target, comparison));
      break;
    case 'object':
      fit.push(assertsObject(source, target, comparison));
      break;
    case 'null':
    case 'boolean':
      break;
  }
  return all(fit, 'conjunction');
}

function kindFitsSub(source: Alternative, kind: SchemaType, target: SubSchema, comparison: Comparison): Fit {
  return fits([...source, { type: kind }], target, comparison);
}

function typeFits(kind: SchemaType, target: JsonSchema): Fit {
  const types = typesOf(target);
  if (!types || types.includes(kind) || (kind === 'integer' && types.includes('number'))) return { fit: 'yes' };
  if (kind === 'number' && types.includes('integer')) {
    return { fit: 'maybe', concern: part('schema.fit.fraction') };
  }
  if (kind === 'null') return { fit: 'never', concern: part('schema.fit.null') };
  return { fit: 'never', concern: part('schema.fit.type', { type: typesPart([kind]), types: typesPart(types) }) };
}

function listedFits(source: Alternative, kind: SchemaType, target: JsonSchema, root: JsonSchema): Fit {
  const listed = target.const === undefined ? (target.enum ?? []) : [target.const];
  const possible = listed.filter((value) => hasType(value, [kind]) && isValid(value, source, root));
  const values = listed.slice(0, 5).map(shown).join(', ');
  const concern = part(listed.length > 5 ? 'schema.fit.listed.more' : 'schema.fit.listed', { values });
  if (possible.length === 0) return { fit: 'never', concern };
  const every = kind === 'null' ? [null] : kind === 'boolean' ? [true, false] : undefined;
  const isCovered = every?.every((value) => possible.includes(value) || !isValid(value, source, root));
  return isCovered ? { fit: 'yes' } : { fit: 'maybe', concern };
}

function isValid(value: Json, source: Alternative, root: JsonSchema): boolean {
  return source.every((schema) => issuesWithin(schema, value, root).length === 0);
}

function exactlyOne(branches: readonly Fit[]): Fit {
  const fitting = branches.filter(({ fit }) => fit === 'yes').length;
  const impossible = branches.filter(({ fit }) => fit === 'never').length;
  if (fitting === 1 && impossible === branches.length - 1) return { fit: 'yes' };
  if (fitting > 1) return { fit: 'never', concern: part('schema.fit.severalForms') };
  const best = any(branches);
  return best.fit === 'yes' ? { fit: 'maybe', concern: part('schema.fit.maybeSeveralForms') } : best;
}

function negated({ fit }: Fit): Fit {
  if (fit === 'never') return { fit: 'yes' };
  const concern = part('schema.fit.excluded');
  return fit === 'yes' ? { fit: 'never', concern } : { fit: 'maybe', concern };
}

function sameSchemas(left: readonly SubSchema[], right: readonly SubSchema[]): boolean {
  return left.length === right.length && left.every((schema, index) => schema === right[index] || isSameKind(schema, right[index]));
}

/** The `{ type }` that a comparison adds by itself is made anew each time. */
function isSameKind(left: SubSchema, right: SubSchema | undefined): boolean {
  return (
    typeof left === 'object' && typeof right === 'object' && left.type === right.type &&
    Object.keys(left).length === 1 && Object.keys(right).length === 1 && typeof left.type === 'string'
  );
}
