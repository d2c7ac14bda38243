import type { ReadIssue } from '@weft/json-schema/read';
import type { Rule } from '@weft/mapping';
import type { SentenceValue } from '@weft/sentences';
import type { Step } from '../document.ts';
import { kindOf } from '../kinds/kind-of.ts';
import { isMappingPart, partsOf } from '../kinds/parts-of.ts';
import { flowIssues } from '../parse/parse-flow.ts';
import type { Problem } from '../problem.ts';
import { lastResult } from '../schemas/last-result.ts';
import { part, say } from '../sentences.en.ts';
import { forEachStep, named, ofFlow, shortened, type Rules } from './check.ts';

/**
 * Nothing is longer, larger or named otherwise than a flow may have it. The readers say so and keep what they find: what cannot be
 * published can still be saved, and is mended at its field.
 */
export const limits: Rules = function* (check) {
  yield* ofWhole(check);
  yield* ofSteps(check);
  yield* untitled(check);
};

const ofWhole = ofFlow((check) =>
  flowIssues(check.flow).map((reason): Problem => {
    const { path } = reason;
    return { code: 'limit', severity: 'error', path: [...path], ...say('flow.limit.flow', { field: fieldName(path), reason }) };
  }),
);

const found = lastResult<Problem[]>();

const ofSteps = forEachStep((_check, stepId, step) =>
  found(step, [stepId], () => {
    const issues: ReadIssue[] = [];
    kindOf(step).read(step, [], issues);
    return issues.map((reason): Problem => {
      const place = placeOf(step, reason.path);
      return { code: 'limit', severity: 'error', stepId, ...place, ...say('flow.limit', { step: named(step.title), field: fieldName(place.path), reason }) };
    });
  }),
);

/** A step without a title cannot be found again. */
const untitled = forEachStep((_check, stepId, { title }) =>
  title.trim() === '' ? [{ code: 'step.untitled', severity: 'warning', stepId, path: ['title'], ...say('flow.step.untitled') }] : [],
);

/** A rule of a mapping is found where it writes, as its other problems are. */
function placeOf(step: Step, path: readonly string[]): { path: string[]; ruleId?: string } {
  const mapped = partsOf(step).find(isMappingPart);
  const inMapping = mapped?.mapping && mapped.path.every((segment, at) => path[at] === segment) ? path.slice(mapped.path.length) : [];
  let rules: Rule[] = mapped?.mapping?.rules ?? [];
  let rule: Rule | undefined;
  const to: string[] = [];
  for (let at = 0; inMapping[at] === 'rules'; at += 2) {
    const next: Rule | undefined = rules[Number(inMapping[at + 1])];
    if (!next) break;
    to.push(...(rule ? ['0'] : []), ...next.to);
    rule = next;
    rules = next.rules ?? [];
  }
  return mapped && rule ? { path: [...mapped.path, ...to], ruleId: rule.id } : { path: [...path] };
}

/** What people call the place. */
function fieldName(path: readonly string[]): SentenceValue {
  const [first = ''] = path;
  if (path.length === 1 && (first === 'title' || first === 'note' || first === 'description')) return part(`flow.limit.${first}`);
  if (first === 'notes') return part('flow.limit.notes');
  return part('flow.limit.field', { name: shortened(path.findLast((segment) => !/^\d+$/.test(segment)) ?? first) });
}
