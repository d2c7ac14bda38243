import type { Problem } from '@weft/flow';
import { Refused } from '../../refused.ts';

/** @throws {Refused} 422 where a problem of a draft is an error, with all of those; warnings do not keep it from being published. */
export function requirePublishable(problems: readonly Problem[]): void {
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return;
  const sentence = errors.length === 1 ? 'One problem has' : `${errors.length} problems have`;
  throw new Refused(422, 'flow.problems', `${sentence} to be mended before this flow can be published: ${errors[0]?.message}`, {
    issues: errors.map(({ stepId, path, message, sentence }) => ({ path: [...(stepId ? [stepId] : []), ...(path ?? [])], message, sentence })),
  });
}
