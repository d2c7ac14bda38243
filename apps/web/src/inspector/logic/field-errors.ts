import type { Problem } from '@weft/flow';
import type { FieldError } from '@weft/schema-form';

/** Problems of a part of the step (`config`, `input`) as errors of the form's fields. */
export function fieldErrors(problems: readonly Problem[], part: 'config' | 'input'): FieldError[] {
  return problems
    .filter((problem) => problem.path?.[0] === part && problem.path.length > 1)
    .map((problem) => ({ path: problem.path?.slice(1) ?? [], message: problem.message }));
}

/** Whether a form shows the problem at its field, so a list need not repeat it. */
export const isAtField = (problem: Problem): boolean => (problem.path?.[0] === 'config' || problem.path?.[0] === 'input') && (problem.path?.length ?? 0) > 1;
