import type { Problem } from '@weft/flow';
import type { FieldError } from '@weft/schema-form';
import { sentenceOf } from '../../locales/sentence-of.ts';

/** Errors of a part of the step (`config`, `input`) at the form's fields. A warning is no error, so it stands in the list. */
export function fieldErrors(problems: readonly Problem[], part: 'config' | 'input'): FieldError[] {
  return problems.flatMap((problem) => {
    const [first, ...path] = pathOf(problem);
    return problem.severity === 'error' && first === part && path.length > 0 ? [{ path, message: sentenceOf(problem) }] : [];
  });
}

/** The forms of a loop's source, and of a signal's sender, are those of their step. */
const pathOf = ({ path = [] }: Problem): string[] => (path[0] === 'source' || path[0] === 'sender' ? path.slice(1) : path);

/** Said where the connection is chosen. */
export const isConnectionMissing = ({ code }: Problem): boolean => code === 'connection.missing';

/** Whether a form shows the problem at its field, so a list need not repeat it. */
export const isAtField = (problem: Problem): boolean =>
  isConnectionMissing(problem) ||
    (problem.severity === 'error' && (pathOf(problem)[0] === 'config' || pathOf(problem)[0] === 'input') && pathOf(problem).length > 1);
