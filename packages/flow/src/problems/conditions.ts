import type { JsonSchema } from '@weft/json-schema';
import type { Problem } from '../problem.ts';
import { expressionProblems } from './expressions.ts';
import { forEachStep, quoted } from './check.ts';

const trueOrFalse: JsonSchema = { type: 'boolean' };

/** Filters and branches know what to ask. */
export const conditions = forEachStep((check, stepId, step) => {
  if (step.kind === 'filter') {
    const path = ['condition'];
    if (step.condition) return expressionProblems(check, { stepId, path, expression: step.condition, expect: trueOrFalse });
    return [{ code: 'condition.missing', severity: 'error', stepId, path, message: `${quoted(step.title)} does not know what to let through: add a condition.` }];
  }
  if (step.kind !== 'branch') return [];
  if (step.cases.length === 0) {
    return [{ code: 'branch.empty', severity: 'error', stepId, path: ['cases'], message: `${quoted(step.title)} has no case: add one with its condition.` }];
  }
  return step.cases.flatMap(({ title, condition }, at): Problem[] => {
    const path = ['cases', String(at), 'condition'];
    if (condition) return expressionProblems(check, { stepId, path, expression: condition, expect: trueOrFalse });
    return [{ code: 'condition.missing', severity: 'error', stepId, path, message: `The case ${quoted(title)} has no condition: say when it applies.` }];
  });
});
