import type { CallableFlow, Catalogue } from '../catalogue.ts';
import type { Problem } from '../problem.ts';
import { forEachStep, quoted } from './check.ts';

/** A called flow is there, can be called, and does not end up calling this one. */
export const subflows = forEachStep(({ catalogue, flowId }, stepId, step) => {
  if (step.kind !== 'subflow') return [];
  const problem = (code: string, message: string, severity: Problem['severity'] = 'error'): Problem[] => [{ code: `subflow.${code}`, severity, stepId, path: ['flow'], message }];
  if (step.flow === '') return problem('none', `${quoted(step.title)} does not know which flow to call: choose one.`);
  // Looked at without its workspace: what is there cannot be told.
  if (!catalogue.flow) return [];
  const called = catalogue.flow(step.flow);
  if (!called) return problem('gone', `The flow that ${quoted(step.title)} calls does not exist any more: choose another one.`);
  const circle = flowId === undefined ? undefined : callCycle(called, catalogue, flowId);
  if (circle) {
    const way = circle.length === 1 ? 'calls this flow' : `ends up calling this flow (${circle.map(({ title }) => quoted(title)).join(' → ')})`;
    return problem('cycle', step.flow === flowId ? `${quoted(step.title)} calls its own flow, which would never end: choose another one.` : `${quoted(called.title)} ${way}, which would never end: choose another one.`);
  }
  if (!called.callable) return problem('trigger', `${quoted(called.title)} cannot be called: it begins by itself. Give it a trigger that takes data, such as “Run by hand”, or choose another flow.`);
  if (called.published === null) return problem('unpublished', `${quoted(called.title)} is not published yet: publish it first, then this flow.`);
  if (!called.enabled) return problem('off', `${quoted(called.title)} is switched off, so calling it fails: switch it on.`, 'warning');
  return [];
});

/** The flows from `called` on that lead to the flow `flowId`, itself left out; undefined where none do. */
export function callCycle(called: CallableFlow, catalogue: Catalogue, flowId: string): CallableFlow[] | undefined {
  const seen = new Set<string>();
  const search = (flow: CallableFlow): CallableFlow[] | undefined => {
    if (flow.id === flowId) return [];
    if (seen.has(flow.id)) return undefined;
    seen.add(flow.id);
    for (const next of flow.calls) {
      if (next === flowId) return [flow];
      const further = catalogue.flow?.(next);
      const rest = further && search(further);
      if (rest) return [flow, ...rest];
    }
    return undefined;
  };
  return search(called);
}
