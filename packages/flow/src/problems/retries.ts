import type { ActionStep, FlowDocument } from '../document.ts';
import type { Fix, Problem } from '../problem.ts';
import { updateStep } from '../edit/add-step.ts';
import { effectLimits } from '../effects/effect-limits.ts';
import { repeatOf } from '../effects/repeat-of.ts';
import { portsOf } from '../graph/ports-of.ts';
import { stepGraph } from '../graph/step-graph.ts';
import { forEachStep, quoted } from './check.ts';

/** Trying again is within bounds and does no harm; a way out for failures leads somewhere. */
export const retries = forEachStep((check, stepId, step) => {
  if (step.kind !== 'action' && step.kind !== 'transform' && step.kind !== 'subflow') return [];
  const found = step.kind === 'subflow' ? [] : bounds(stepId, step.title, step);
  const errorPort = portsOf(step).some(({ id }) => id === 'error');
  if (errorPort && !stepGraph(check.flow).outgoing.get(stepId)?.some(({ from }) => from[1] === 'error')) {
    const message = `Nothing is connected to “If it fails” of ${quoted(step.title)}, so its failures would pass in silence: connect a step.`;
    found.push({ code: 'step.errorUnconnected', severity: 'warning', stepId, path: ['onError'], message });
  }
  if (step.kind === 'action' && step.delivery === 'at-most-once') found.push(...atMostOnce(check.flow, stepId, step));
  const operation = step.kind === 'action' ? check.catalogue.operation(step.use) : undefined;
  if (step.kind === 'action' && operation && repeatOf(operation, step.config) === 'unsafe' && (step.retry?.attempts ?? 1) > 1) {
    const message = `${quoted(step.title)} is tried again after a failure, and ${quoted(operation.title)} may then act twice: switch trying again off unless a repeat does no harm.`;
    const fixes = [{ title: 'Do not try again', apply: (flow: typeof check.flow) => updateStep(flow, stepId, { retry: undefined }) }];
    found.push({ code: 'retry.unsafe', severity: 'warning', stepId, path: ['retry'], message, fixes });
  }
  return found;
});

/** What is never done twice cannot be tried again, nor be part of a batch that is done again after a crash. */
function atMostOnce(flow: FlowDocument, stepId: string, { title, retry, in: loop }: ActionStep): Problem[] {
  const found: Problem[] = [];
  const often: Fix = { title: 'Do it at least once', apply: (changed) => updateStep(changed, stepId, { delivery: undefined }) };
  if ((retry?.attempts ?? 1) > 1) {
    const message = `${quoted(title)} is to be done at most once and is tried again after a failure: choose one of the two.`;
    const once: Fix = { title: 'Do not try again', apply: (changed) => updateStep(changed, stepId, { retry: undefined }) };
    found.push({ code: 'delivery.retry', severity: 'error', stepId, path: ['delivery'], message, fixes: [once, often] });
  }
  const container = loop === undefined ? undefined : flow.steps[loop];
  if (container?.kind === 'forEach' && container.source) {
    const message = `${quoted(title)} is inside a loop over a stream, where a batch is done again after a crash: it cannot be done at most once there.`;
    found.push({ code: 'delivery.stream', severity: 'error', stepId, path: ['delivery'], message, fixes: [often] });
  }
  return found;
}

function bounds(stepId: string, title: string, { retry, timeoutMs }: Pick<ActionStep, 'retry' | 'timeoutMs'>): Problem[] {
  const found: Problem[] = [];
  const outside = (value: number | undefined, { min, max }: { min: number; max: number }) => value !== undefined && !(value >= min && value <= max);
  const add = (path: string[], message: string) => found.push({ code: 'retry.range', severity: 'error', stepId, path, message: `${quoted(title)}: ${message}` });
  if (outside(retry?.attempts, effectLimits.attempts)) add(['retry', 'attempts'], 'it can be tried 1 to 10 times.');
  if (outside(retry?.delayMs, effectLimits.delayMs)) add(['retry', 'delayMs'], 'the pause between tries can be at most an hour.');
  if (outside(timeoutMs, effectLimits.timeoutMs)) add(['timeoutMs'], 'the time limit can be at most an hour.');
  return found;
}
