import { inputOf, type FlowDocument } from '@weft/flow';
import { formatPath, isObject, valueAt, type Json, type JsonObject } from '@weft/json-schema';
import type { Rule } from '@weft/mapping';
import { scopeAt } from './loop-values.ts';
import type { RunRecord, StepRecord } from './run-record.ts';

/** The line of a mapping that could not be made. */
export interface FailedRule {
  /** The field that it fills, as people read it. */
  field: string;
  /** What it read, by the way to it. */
  read: JsonObject;
}

/** A step whose mapping fails is given no input: this is what its failing field was to be made of. Undefined where the error names no rule. */
export function failedRule(run: { flow: FlowDocument; record: RunRecord }, { stepId, key, error }: StepRecord): FailedRule | undefined {
  const step = run.flow.steps[stepId];
  const found = step && error?.ruleId !== undefined ? withPlace(inputOf(step)?.rules ?? [], error.ruleId) : undefined;
  if (!found) return undefined;
  const scope = scopeAt(run, key);
  const read: JsonObject = {};
  for (const path of pathsIn([found.rule.value, found.rule.when, found.rule.forEach])) {
    const [head = '', ...rest] = path;
    // What a loop inside of the mapping went through is not kept.
    if (!Object.hasOwn(scope, head)) continue;
    read[formatPath([run.flow.steps[head]?.title ?? head, ...rest])] = valueAt(scope[head] ?? null, rest) ?? null;
  }
  return { field: formatPath(found.place), read };
}

function withPlace(rules: readonly Rule[], ruleId: string, around: readonly string[] = []): { rule: Rule; place: string[] } | undefined {
  for (const rule of rules) {
    const place = [...around, ...rule.to];
    const found = rule.id === ruleId ? { rule, place } : withPlace(rule.rules ?? [], ruleId, place);
    if (found) return found;
  }
  return undefined;
}

/** Every path that an expression, of whatever kind, reads. */
function pathsIn(expression: unknown): string[][] {
  if (Array.isArray(expression)) return expression.flatMap(pathsIn);
  if (!isObject(expression as Json)) return [];
  return Object.entries(expression as JsonObject).flatMap(([name, inner]) => {
    if (name === 'const') return [];
    return name === 'path' && Array.isArray(inner) && inner.every((segment) => typeof segment === 'string') ? [inner] : pathsIn(inner);
  });
}
