import type { Problem } from '../problem.ts';
import { hasErrorPort } from '../graph/ports-of.ts';
import { hasWayOut } from '../graph/has-way-out.ts';
import { ports } from '../graph/port.ts';
import { kindOf } from '../kinds/kind-of.ts';
import { say } from '../sentences.en.ts';
import { forEachStep, named } from './check.ts';

/** What each kind of step requires; and every error port of a step that may fail is connected. */
export const kindProblems = forEachStep((check, stepId, step): Problem[] => {
  const own = kindOf(step).problems?.(step, check, stepId) ?? [];
  if (!hasErrorPort(step) || hasWayOut(check.flow, stepId, ports.error.id)) return own;
  const said = say('flow.step.errorUnconnected', { port: ports.error.sentence, step: named(step.title) });
  return [...own, { code: 'step.errorUnconnected', severity: 'warning', stepId, path: ['onError'], ...said }];
});
