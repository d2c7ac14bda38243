import { dereference, schemaAt, type Json, type JsonSchema } from '@weft/json-schema';
import { createInterpretingValidator } from '@weft/json-schema/interpreter';
import type { MappingDocument, Rule } from '../document.ts';
import type { Surroundings } from '../expressions/finding.ts';
import { constantProblems } from './constant-problems.ts';
import { conflictProblems, requiredProblems } from './document-checks.ts';
import { outputProblems } from './output-problems.ts';
import { presenceProblems } from './presence-problems.ts';
import type { MappingProblem } from './problem.ts';
import { expressionProblems, fitProblems, targetProblems } from './rule-checks.ts';
import { rulePlaces, type CheckedAgainst, type RulePlace } from './rule-places.ts';

export interface MappingChecks extends CheckedAgainst {
  /** By source; with them the mapping is also run, and its output held against the target. */
  samples?: Readonly<Record<string, Json>>;
  /** The flow's, for functions that need one. */
  timezone?: string | undefined;
}

const validator = createInterpretingValidator();

/**
 * Everything in a mapping that a person should mend, before it runs: in the order of the rules, then required fields
 * that are not filled, then what happens on the samples. Errors block publishing.
 */
export function checkMapping(document: MappingDocument, { sources, target, titles = {}, samples, timezone }: MappingChecks): MappingProblem[] {
  const places = rulePlaces(document.rules, { sources, target, titles });
  const around: Omit<Surroundings, 'names' | 'titles'> = {
    loopNames: new Set(loopNames(document.rules)),
    tables: new Set(Object.keys(document.tables ?? {})),
  };
  const found = places.flatMap((place) => checkRule(place, around, target));
  found.push(...conflictProblems(document.rules, target), ...requiredProblems(document.rules, target));
  if (!samples) return found;
  const onSamples = outputProblems({ document, samples, target, places, validator, timezone });
  return [...found, ...onSamples.filter((problem) => !found.some((known) => isAbout(known, problem)))];
}

/** One problem a rule: what is wrong in its expressions comes before whether their result fits. */
function checkRule(place: RulePlace, around: Omit<Surroundings, 'names' | 'titles'>, target: JsonSchema): MappingProblem[] {
  const inExpressions = expressionProblems(place, around);
  const gone = targetProblems(place, () => schemaAt(target, place.path.slice(0, -1)) ?? {});
  if (inExpressions.length > 0 || gone.length > 0) return [...inExpressions, ...gone];
  const fit = [...fitProblems(place), ...constantProblems(place, validator)];
  return fit.some(({ severity }) => severity === 'error') ? fit : [...fit, ...presenceProblems(place, isRequired(place, target))];
}

function isRequired({ path }: RulePlace, target: JsonSchema): boolean {
  const parent = schemaAt(target, path.slice(0, -1));
  return parent !== undefined && (dereference(parent, parent).required?.includes(path.at(-1) ?? '') ?? false);
}

/** What is already known of a rule or a place is not said again for the sample. */
function isAbout(known: MappingProblem, problem: MappingProblem): boolean {
  if (known.ruleId !== undefined && known.ruleId === problem.ruleId && known.severity === 'error') return true;
  return JSON.stringify(known.path) === JSON.stringify(problem.path);
}

function loopNames(rules: readonly Rule[]): string[] {
  return rules.flatMap(({ forEach, rules: nested }) => [...(forEach ? [forEach.as] : []), ...loopNames(nested ?? [])]);
}
