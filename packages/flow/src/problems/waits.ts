import type { JsonSchema } from '@weft/json-schema';
import type { ApprovalStep, WaitStep } from '../document.ts';
import { stepGraph } from '../graph/step-graph.ts';
import type { Problem } from '../problem.ts';
import { forEachStep, quoted, type Check } from './check.ts';
import { expressionProblems } from './expressions.ts';

const dateText: JsonSchema = { type: 'string' };
const keyValue: JsonSchema = { type: ['string', 'number'] };

/** A wait knows what it waits for, an approval what it asks and whom; what happens otherwise leads somewhere. */
export const waits = forEachStep((check, stepId, step) => {
  if (step.kind === 'wait') return waitProblems(check, stepId, step);
  if (step.kind === 'approval') return approvalProblems(check, stepId, step);
  return [];
});

function waitProblems(check: Check, stepId: string, step: WaitStep): Problem[] {
  const missing = (path: string, message: string): Problem => ({ code: `wait.${path}`, severity: 'error', stepId, path: [path], message });
  switch (step.mode) {
    case 'duration':
      return step.durationMs === undefined ? [missing('durationMs', `${quoted(step.title)} does not know how long to wait: say how long.`)] : [];
    case 'date':
      if (!step.date) return [missing('date', `${quoted(step.title)} does not know until when to wait: choose a date.`)];
      return expressionProblems(check, { stepId, path: ['date'], expression: step.date, expect: dateText });
    case 'signal': {
      const found = step.key
        ? expressionProblems(check, { stepId, path: ['key'], expression: step.key, expect: keyValue })
        : [missing('key', `${quoted(step.title)} does not know which signal is its own: choose what the signal’s key is compared with, such as the order’s number.`)];
      if (step.timeoutMs !== undefined && !hasWayOut(check, stepId, 'timeout')) {
        const message = `Nothing is connected to “Nothing came in time” of ${quoted(step.title)}, so the run would end there in silence: connect a step.`;
        found.push({ code: 'wait.timeoutUnconnected', severity: 'warning', stepId, path: ['timeoutMs'], message });
      }
      return found;
    }
  }
}

function approvalProblems(check: Check, stepId: string, step: ApprovalStep): Problem[] {
  const found: Problem[] = [];
  if (step.question.trim() === '') {
    const message = `${quoted(step.title)} asks nothing yet: write the question that the people who decide will read.`;
    found.push({ code: 'approval.question', severity: 'error', stepId, path: ['question'], message });
  }
  if (step.assignees.users.length === 0 && step.assignees.roles.length === 0) {
    const message = `Nobody may decide ${quoted(step.title)}, so its runs would wait for ever: choose people or a role.`;
    found.push({ code: 'approval.assignees', severity: 'error', stepId, path: ['assignees'], message });
  }
  if (!hasWayOut(check, stepId, 'rejected') && !hasWayOut(check, stepId, 'approved')) {
    const message = `Nothing happens after ${quoted(step.title)}, whatever is decided: connect a step to “Approved” or “Rejected”.`;
    found.push({ code: 'approval.unconnected', severity: 'warning', stepId, message });
  }
  return found;
}

const hasWayOut = (check: Check, stepId: string, port: string): boolean =>
  stepGraph(check.flow).outgoing.get(stepId)?.some(({ from }) => from[1] === port) ?? false;
