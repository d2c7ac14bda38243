import { stepBehaviour, stepGraph, stepIdOf, stepOf, type FlowDocument, type Step } from '@weft/flow';
import type { JournalEntry } from '../journal.ts';

/** `items`: a loop goes over other items. `result`: a step would give something else, or is reached in another way, or is new. */
export type StepChange = 'items' | 'result';

/** The steps of `after` whose results in a journal of `before` cannot be reused. A trigger's always can: it is the payload. */
export function changedSteps(before: FlowDocument, after: FlowDocument, entries: readonly JournalEntry[]): Map<string, StepChange> {
  const wentOnFailed = new Set(entries.filter(({ kind, port }) => kind === 'failed' && port !== undefined).map(({ stepKey }) => stepIdOf(stepKey)));
  const changes = new Map<string, StepChange>();
  for (const [stepId, step] of Object.entries(after.steps)) {
    const earlier = stepOf(before, stepId);
    if (step.kind === 'trigger') continue;
    if (!earlier || earlier.kind !== step.kind || earlier.in !== step.in) changes.set(stepId, step.kind === 'forEach' ? 'items' : 'result');
    else if (itemsOf(earlier) !== itemsOf(step)) changes.set(stepId, 'items');
    else if (resultOf(earlier, wentOnFailed.has(stepId)) !== resultOf(step, wentOnFailed.has(stepId)) || waysTo(before, stepId) !== waysTo(after, stepId)) {
      changes.set(stepId, 'result');
    }
  }
  return changes;
}

function itemsOf(step: Step): string {
  if (step.kind !== 'forEach') return '';
  const { items, as, source } = stepBehaviour(step);
  return JSON.stringify([items, as, source]);
}

/** What decides about a step's result; how often and how long it is tried does not, once it is there. */
function resultOf(step: Step, wentOnFailed: boolean): string {
  const {
    title: _title,
    retry: _retry,
    timeoutMs: _timeoutMs,
    schemas: _schemas,
    concurrency: _concurrency,
    batchSize: _batchSize,
    onError,
    ...rest
  } = stepBehaviour(step);
  return JSON.stringify([rest, step.kind === 'subflow' && step.version, wentOnFailed && (onError ?? 'fail')]);
}

function waysTo(flow: FlowDocument, stepId: string): string {
  const ways = (stepGraph(flow).incoming.get(stepId) ?? []).map(({ from }) => from.join('\n'));
  return JSON.stringify(ways.toSorted());
}
